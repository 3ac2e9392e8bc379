"""How a reader knows an op: by the name that its result has in the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from iree_explorer.exploration.edits import Text

_RESULT = re.compile(r"\s*(%[\w$.-]+(?::\d+)?(?:, %[\w$.-]+(?::\d+)?)*) = ([\w.$]+)")
_SYMBOL = re.compile(r"(?<!<)@(?:[\w$.-]+|\"(?:[^\"\\]|\\.)*\")(?:::@(?:[\w$.-]+|\"(?:[^\"\\]|\\.)*\"))*")
_WORD = re.compile(r"[\w.$]+")
_PACK = re.compile(r":\d+")
_AFFINITY = re.compile(r"#hal\.device\.affinity<(@[^<>]*)>")
_MOVE = {way: re.compile(rf"\b{way}\(([^()]*)\)") for way in ("from", "to")}
LABEL_LENGTH = 90


def short_labels(text: Iterable[tuple[str, int]]) -> dict[int, str]:
    """Op id → its first result (`%7`), else its symbol (`@main`), else its name; of each op's first line."""
    labels: dict[int, str] = {}
    for line, owner in text:
        if owner >= 0 and owner not in labels:
            labels[owner] = _short(line)
    return labels


def result_names(text: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Name of a result (`%7`) → the ops that have one of this name, each function having names of its own."""
    names: dict[str, list[int]] = {}
    for line, owner in text:
        match = _RESULT.match(line)
        if match and owner >= 0:
            for name in _PACK.sub("", match[1]).split(", "):
                names.setdefault(name, []).append(owner)
    return names


def long_labels(text: Text, wanted: Collection[int]) -> dict[int, str]:
    """Op id → a phrase such as `%7 = @ex::@matmul`, for the ops of `wanted` that have a line."""
    labels: dict[int, str] = {}
    for line, owner in text:
        if owner in wanted and owner not in labels:
            labels[owner] = _long(line)
    return labels


def _short(line: str) -> str:
    match = _RESULT.match(line)
    if match:
        return _PACK.sub("", match[1].partition(",")[0])
    symbol = _SYMBOL.search(line)
    if symbol and " = " not in line[: symbol.start()]:
        return symbol[0]
    word = _WORD.search(line)
    return word[0] if word else ""


def _long(line: str) -> str:
    match = _RESULT.match(line)
    if match is None:
        return _clip(_plain(line))
    symbol = _symbol(line, match.end()) if "dispatch" in match[2] else ""
    return _clip(f"{match[1]} = {symbol}" if symbol else _plain(line))


def _symbol(line: str, start: int) -> str:
    """The first symbol from `start` on; a search for the letter takes a tenth of one for the pattern."""
    at = line.find("@", start)
    while at >= 0:
        found = _SYMBOL.match(line, at)
        if found:
            return found[0]
        at = line.find("@", at + 1)
    return ""


def _plain(line: str) -> str:
    """The line without types, affinities by their symbols."""
    operation, _, types = line.strip().partition(" : ")
    if ".transfer" in operation:
        places = [f" {way} {found[1]}" for way in ("from", "to") if (found := _MOVE[way].search(types))]
        operation += "".join(places)
    return _AFFINITY.sub(r"\1", operation.partition(" -> ")[0])


def _clip(text: str) -> str:
    return text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1] + "…"
