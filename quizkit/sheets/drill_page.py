"""A drill on paper as one page to print, where there is no typesetter: the same sheets, keys and grid, in HTML."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from quizkit.markup import to_html
from quizkit.sheets.drill import LINE_MM, Asked, Form, Paper, Person, Version, data_of, lettered, words
from quizkit.sheets.pdf import typeset
from quizkit.sheets.pictures import images


def make_drill_pdf(paper: Paper) -> bytes:
    """The paper as PDF. Raises QuizkitError as `typeset` does."""
    return typeset("drill", data_of(paper), paper.text(), paper.lang, paper.pictures())


def make_drill_page(paper: Paper) -> bytes:
    """The paper as one self-contained page: no request to anywhere, each sheet on pages of its own."""
    style = files("quizkit.sheets").joinpath("drill.css").read_text("utf-8")
    parts = []
    if "sheets" in paper.parts:
        parts += [_sheet(paper, who) for who in paper.people]
    if "keys" in paper.parts:
        parts.append(f'<section class="teacher">{"".join(_key(version) for version in paper.versions)}</section>')
    if "grid" in paper.parts and paper.versions:
        parts.append(_grid(paper))
    looks = "large" if paper.large else ""
    return (
        f'<!doctype html>\n<html lang="{escape(paper.lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        'img-src data:">\n'
        f"<title>{escape(paper.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body class="{looks}">\n' + "\n".join(parts) + "\n</body>\n</html>\n"
    ).encode()


def _sheet(paper: Paper, who: Person) -> str:
    version, said = paper.versions[who.version], words()
    name = f"<strong>{escape(who.name)}</strong>" if who.name else '<span class="blank"></span>'
    number = f"<strong>{escape(who.number)}</strong>" if who.name else '<span class="blank short"></span>'
    items = "".join(f"<li>{_question(one)}</li>" for one in version.questions)
    return (
        f'<section class="sheet"><header><div><h1>{escape(paper.title)}</h1>'
        f"<p>{escape(said['name'])} {name} &emsp; {escape(said['number'])} {number} &emsp; "
        f"{escape(said['variant'])} <strong>{version.letter}</strong></p></div>"
        f'<div class="code">{who.code}</div></header><ol>{items}</ol></section>'
    )


def _question(one: Asked) -> str:
    note = f'<div class="note">{escape(one.note)}</div>' if one.note else ""
    return f'<div class="prompt">{to_html(one.prompt)}</div>{note}{images(one.pictures)}{_FORMS[one.form](one)}'


def _tick(one: Asked) -> str:
    rows = (
        f'<div class="row"><span class="box"></span><b>{letter}</b><div>{to_html(text)}</div></div>'
        for letter, text in lettered(one.options)
    )
    return "".join(rows)


def _letters(one: Asked) -> str:
    rows = (
        f'<div class="row"><b>{letter}</b><div>{to_html(text)}</div></div>' for letter, text in lettered(one.options)
    )
    return "".join(rows)


def _order(one: Asked) -> str:
    places = "".join(f'<span>{place} <span class="box big"></span></span>' for place in range(1, len(one.options) + 1))
    return f'{_letters(one)}<div class="places">{places}</div>'


def _pair(one: Asked) -> str:
    lefts = (f'<div class="row"><span class="box big"></span><div>{to_html(left)}</div></div>' for left in one.lefts)
    return f'<div class="pairs"><div>{"".join(lefts)}</div><div>{_letters(one)}</div></div>'


def _write(one: Asked) -> str:
    rows = []
    for label in one.entries:
        lines, rest = divmod(one.millimetres, LINE_MM)
        widths = [f"{LINE_MM}mm"] * lines if lines else [f"{rest}mm"]
        rows.append(f'<div class="note">{escape(label)}</div>' if label else "")
        rows += [f'<div class="line" style="width:min({wide},100%)"></div>' for wide in widths]
    return "".join(rows)


_FORMS = {Form.TICK: _tick, Form.ORDER: _order, Form.PAIR: _pair, Form.WRITE: _write}


def _key(version: Version) -> str:
    said = words()
    items = "".join(f"<li>{to_html(key.text)}{images(key.pictures)}</li>" for key in version.key)
    return f"<h2>{escape(said['key'])} · {escape(said['variant'])} {version.letter}</h2><ol>{items}</ol>"


def _grid(paper: Paper) -> str:
    said = words()
    numbers = range(1, len(paper.versions[0].questions) + 1)
    head = "".join(f"<th>{number}</th>" for number in numbers)
    rows = "".join(
        f"<tr><td>{escape(who.number)}</td><td>{escape(who.name)}</td><td>{paper.versions[who.version].letter}</td>"
        + "<td></td>" * (len(numbers) + 1)
        + "</tr>"
        for who in paper.people
    )
    return (
        f'<section class="teacher"><h2>{escape(said["grid"])}</h2><table><thead><tr><th>{escape(said["number"])}</th>'
        f"<th>{escape(said['name'])}</th><th></th>{head}<th>{escape(said['score'])}</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></section>"
    )
