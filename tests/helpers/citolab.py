"""Citolab's programs: what reads QTI 2.1 as QTI 3, and what shows QTI 3 in a browser and marks it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.node import node_module

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SILENT = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=600000")
_SHOW = """
const said = element => element.innerText.replace(/\\s+/g, ' ').trim();
const pause = () => new Promise(done => setTimeout(done, 10));
async function shown(xml, trials) {
  const host = document.createElement('qti-item'), box = document.createElement('item-container');
  box.itemXML = xml;
  host.append(box);
  document.body.append(host);
  let item = null;
  while (!(item = box.shadowRoot?.querySelector('qti-assessment-item'))) await pause();
  await item.updateComplete;
  await pause();
  const interactions = [...item.querySelectorAll('*')].filter(e => e.localName.endsWith('-interaction'));
  const text = said(item);
  const sizes = interactions.map(e => e.getBoundingClientRect()).map(size => size.width * size.height);
  const scores = [], told = [];
  for (const answers of trials) {
    for (const [name, value] of Object.entries(answers)) item.updateResponseVariable(name, value);
    item.processResponse();
    await pause();
    scores.push(Number(item.getOutcome('SCORE').value));
    const feedback = [...item.querySelectorAll('qti-modal-feedback')].filter(e => e.showStatus === 'on');
    told.push(feedback.map(e => e.textContent.replace(/\\s+/g, ' ').trim()));
  }
  host.remove();
  return { text, interactions: interactions.map(e => e.localName), sizes, scores, told };
}
const out = [];
for (const [xml, trials] of JSON.parse(document.getElementById('in').textContent)) out.push(await shown(xml, trials));
const pre = Object.assign(document.createElement('pre'), { id: 'out', textContent: JSON.stringify(out) });
document.body.replaceChildren(pre);
"""


def converted(package: bytes, folder: Path) -> dict[str, str]:
    """The XML of a package of QTI 2.1 once it is one of QTI 3, by file."""
    program = node_module("@citolab/qti-convert") / "dist" / "qti-convert-pkg.mjs"
    given = folder / "given.zip"
    given.write_bytes(package)
    done = subprocess.run(
        [shutil.which("node") or "node", str(program), str(given)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    with zipfile.ZipFile(folder / "given-qti3.zip") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def shown(items: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], folder: Path) -> list[dict[str, Any]]:
    """What a browser shows of items of QTI 3, and how it marks answers to them.

    Of each item: `text`, the `interactions` and their `sizes`, and after each trial the `scores` and what is `told`.
    """
    program = node_module("@citolab/qti-components") / "cdn" / "index.global.js"
    given = json.dumps(items).replace("<", "\\u003c")
    page = folder / "page.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><body><script type="application/json" id="in">{given}</script>'
        f'<script src="{program.as_uri()}"></script><script type="module">{_SHOW}</script>',
        encoding="utf-8",
    )
    done = subprocess.run(
        [_browser(), *_SILENT, f"--user-data-dir={folder / 'browser'}", "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    _before, mark, out = done.stdout.partition('<pre id="out">')
    assert mark, done.stdout[-2000:] + done.stderr[-2000:]
    return list(json.loads(unescape(out.partition("</pre>")[0])))


def _browser() -> str:
    """A browser without a face. Skips the test, saying so, where there is none; in CI that is a failure."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    message = f"there is no browser: install one of {', '.join(BROWSERS)}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
