"""Names and strings of IR in what a terminal shows: text, never commands to it."""

import re
from typing import Final

_ODD: Final = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\udc80-\udcff]")


def visible(text: str) -> str:
    r"""The text with control characters but tabs and ends of lines, and bytes that are no UTF-8, as IR writes them: `\1B`."""
    return _ODD.sub(_escaped, text)


def _escaped(odd: re.Match[str]) -> str:
    return "".join(f"\\{byte:02X}" for byte in odd[0].encode(errors="surrogateescape"))
