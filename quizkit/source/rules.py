"""What can be wrong with a file before anybody asks what it means."""

from __future__ import annotations

from quizkit.diagnostics import Diagnostic, Span, error, warning

NOT_A_FILE = error(
    "not-a-file",
    "The deck can't be read as a file",
    "A folder, a broken or looping link, or a file that may not be read stands where a deck should be.",
)
TOO_LARGE = error("too-large", "The file is too large", "A deck file may hold 20 MB: thousands of notes. Split it.")
NOT_UTF8 = error("not-utf8", "The file isn't UTF-8", "Decks are UTF-8 text. Save the file as UTF-8 in your editor.")
CONTROL = error(
    "control-character",
    "A control character stands in the file",
    "Control characters other than tab and line break are invisible and can steer a terminal. Delete them.",
)
NOT_COMPOSED = warning(
    "not-composed",
    "Characters in pieces",
    "A letter and its mark stand as two characters (Unicode NFD), as some systems write them: が as か and ゛. They "
    "look the same and compare as different in searches and in git.",
)
EMPTY = error("empty-file", "The file is empty", "A deck needs at least `deck`, `title` and `notes`.")
SYNTAX = error(
    "yaml-syntax",
    "This isn't YAML",
    "YAML stopped here. The cause often stands a line above: a missing quote, a wrong indent, a colon inside a text.",
)
FLOW_QUESTION = error(
    "flow-question-mark",
    "A question mark inside braces",
    "Inside braces or brackets YAML may read `?` as a mark of its own, as in `{en: ?why}`; some programs stop at any. "
    "Write the text in block style, a line for each language, or put it in quotes.",
)
TAB = error("tab-indent", "A tab is used for indenting", "YAML indents with spaces only.")
WIDE_SPACE = error(
    "ideographic-space-indent",
    "A full-width or no-break space is used for indenting",
    "U+3000 looks like two spaces and U+00A0 like one, but both are text to YAML. Indent with plain spaces.",
)
WIDE_COLON = error(
    "full-width-colon", "A full-width colon", "`：` is text to YAML. A key needs a plain colon and a space."
)
COMMENT = warning(
    "comment-in-text",
    "A part of a text is a comment",
    "To YAML a `#` with a space before it begins a comment, and what stands behind it is shown to nobody. Put a text "
    "with ` #` in it in quotes. Write a comment with two spaces before its `#` and one behind.",
)
DASH = error(
    "dash-for-hyphen",
    "A dash stands where a hyphen belongs",
    "Phones and word processors make dashes of hyphens. To YAML only the plain hyphen begins a member of a list.",
)
NO_SPACE = error(
    "missing-space",
    "A space is missing",
    "YAML tells a key by the space behind its colon, and a member of a list by the space behind its hyphen: `- id: x`.",
)
DUPLICATE = error(
    "duplicate-key", "A key is written twice", "Of two equal keys in one mapping only one can count. Keep one."
)
ALIAS = error(
    "alias-forbidden",
    "An anchor or alias",
    "Decks hold no anchors (`&x`) and aliases (`*x`): write the text out. To begin a text with & or *, quote it.",
)
TAG = error(
    "tag-forbidden", "A YAML tag", "Decks hold no tags (`!x`). To begin a text with an exclamation mark, quote it."
)
DEEP = error("too-deep", "Too many levels", "A deck never needs more than a few levels of nesting.")
DOCUMENTS = error(
    "several-documents",
    "Several documents in one file",
    "A line of three hyphens begins another YAML document. A file holds one deck.",
)
KEY = error("complex-key", "A key that isn't text", "Keys are plain words.")

MAX_DEPTH = 40


def too_deep(span: Span) -> Diagnostic:
    """What is said of a file nested deeper than `MAX_DEPTH`."""
    return Diagnostic(DEEP, span, f"More than {MAX_DEPTH} levels of nesting.", "Make it flat.")
