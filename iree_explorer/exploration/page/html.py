"""One offline page with everything in it: the front end, its style and the document. It loads nothing and sends nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from iree_explorer.errors import InputError

SCRIPT = "explorer.js"
STYLE = "explorer.css"

_START = """
const decode = (id) => Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
const inflate = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
// A step, as the page numbers it, behind the address: page.html#25.
const asked = () => {
  const number = Number.parseInt(location.hash.slice(1), 10);
  return number > 0 ? number - 1 : undefined;
};
const start = async () => {
  const script = new Blob([await inflate(decode("ie-front-end"))], { type: "text/javascript" });
  const url = URL.createObjectURL(script);
  const page = await import(url);
  URL.revokeObjectURL(url);
  const [details, comparison, standing] = ["details", "comparison", "standing"].map((part) => decode(`ie-${part}`));
  const options = { height: "100vh", ownsPage: true, step: asked(), details, comparison, standing };
  const shown = page.mount(document.getElementById("ie-page"), decode("ie-document"), options);
  addEventListener("hashchange", () => asked() === undefined || shown.goTo(asked()));
  document.getElementById("ie-fallback").remove();
};
start().catch((error) => document.getElementById("ie-fallback").prepend(`This page cannot start: ${error}`));
"""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="iree_explorer">
<title>{title}</title>
<style>html,body{{margin:0;height:100%}}#ie-fallback{{font:14px system-ui,sans-serif;margin:24px}}h1{{position:absolute;clip-path:inset(50%);margin:0}}</style>
<style>{style}</style>
</head>
<body>
<main id="ie-page"><h1>{title}</h1></main>
<div id="ie-fallback">{fallback}</div>
<script type="text/plain" id="ie-document">{document}</script>
<script type="text/plain" id="ie-details">{details}</script>
<script type="text/plain" id="ie-comparison">{comparison}</script>
<script type="text/plain" id="ie-standing">{standing}</script>
<script type="text/plain" id="ie-front-end">{script}</script>
<script type="module">{start}</script>
</body>
</html>
"""


@cache
def front_end(name: str) -> str:
    """The text of a file of the built front end.

    Raises:
        InputError: it is not there, as in a source tree whose front end was not built.
    """
    found = files("iree_explorer") / "widgets" / "static" / name
    if not found.is_file():
        raise InputError(f"the front end is not built: {name} is missing; run `npm run build` in widgets/frontend")
    return found.read_text(encoding="utf-8")


_MODULE = """{banner}
const packed = "{script}";
const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
const url = URL.createObjectURL(new Blob([text], {{ type: "text/javascript" }}));
const page = await import(url);
URL.revokeObjectURL(url);
export const mount = page.mount;
export default page.default;
"""


def packed_module() -> str:
    """The front end as a module that unpacks itself: less than half the size, as each notebook saves it with each widget."""
    script = front_end(SCRIPT)
    banner = script[: script.index("*/") + 2]
    return _MODULE.format(banner=banner, script=_packed(SCRIPT))


@dataclass(frozen=True, slots=True)
class Held:
    """What a page holds, each part deflated.

    Attributes:
        document: as `encode_document` or `encode_opening` gives it.
        details: what comes after it, as `encode_later` gives it; empty: nothing.
        comparison: what it is compared with, as JSON; empty: nothing.
    """

    document: bytes
    details: bytes = b""
    comparison: bytes = b""


def html_page(title: str, held: Held, fallback: str = "", standing: Mapping[str, Any] | None = None) -> str:
    """The page.

    Args:
        title: of the browser's window; text, not markup.
        held: what it shows.
        fallback: markup that a reader sees whose browser runs no scripts.
        standing: parts of the document that are others now.
    """
    changes = zlib.compress(json.dumps(standing).encode("ascii")) if standing else b""
    return _PAGE.format(
        policy=html.escape(_policy(_START)),
        title=html.escape(f"{title} — iree_explorer"),
        style=front_end(STYLE).replace("</", "<\\/"),
        fallback=fallback,
        document=_base64(held.document),
        details=_base64(held.details),
        comparison=_base64(held.comparison),
        standing=_base64(changes),
        script=_packed(SCRIPT),
        start=_START,
    )


def _policy(script: str) -> str:
    """Nothing may be fetched, sent or framed: only this one script runs, and the front end from a blob."""
    digest = _base64(hashlib.sha256(script.encode()).digest())
    rules = {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest}' blob:",
        "style-src": "'unsafe-inline'",
        "img-src": "data: blob:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _base64(data: bytes) -> str:
    """Nothing in it can end an element."""
    return base64.b64encode(data).decode("ascii")


@cache
def _packed(name: str) -> str:
    """A file of the front end, deflated, in base64: smaller than it is."""
    return _base64(zlib.compress(front_end(name).encode(), 9))
