"""Names from IR are text, never markup: what may stand in a picture, and how long."""

from __future__ import annotations

import html
import re

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters, most of which XML cannot even escape
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"  # those that turn or hide the text around them
    "\ud800-\udfff\ufffe\uffff]"  # no characters at all
)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_ELLIPSIS = "…"


def visible(text: str) -> str:
    """`text` with a mark for each character that cannot be shown or would change how others are."""
    return _UNPRINTABLE.sub(_REPLACEMENT, text)


def shorten(text: str, limit: int) -> str:
    """`text` in at most `limit` characters: both ends are kept, as dispatches differ in either."""
    text = visible(text)
    if len(text) <= limit:
        return text
    head = limit // 2
    return text[:head] + _ELLIPSIS + text[len(text) - (limit - 1 - head) :]


def xml(text: str) -> str:
    """`text` for an XML element or a quoted attribute."""
    return html.escape(visible(text), quote=True)
