"""The text that `--mlir-print-ir-after-all` (or `-before-all`, or of some passes) prints, as a list of dumps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_HEADER: Final = re.compile(
    r"^// -----// IR Dump (?P<when>Before|After) (?P<what>.+?) //----- //[ \t]*\n?", re.MULTILINE
)
# The others are compiled when they are first used: each takes time, and most programs hold no dumps.
_SCOPE: Final = r"\s*\('(?P<op>[\w.]+)' operation(?:: (?P<symbol>@[^)]+))?\)\s*$"
_ARGUMENT: Final = r"(?s)^(?P<title>.+?)(?:: (?P<colon>.+)| \((?P<round>.+)\))$"
_FAILED: Final = r" Failed\b"
_FIRST: Final = r"(?m)^(?!\s*(?:$|#|//|!|\{-#))\s*\"?(?P<op>[\w.]+)"
_END: Final = r"(?m)^\}.*\n?(?:#\w.*\n?)*+(?:\s*^\{-#(?:.*\n)*?.*#-\}\n?)?"
"""Of the op that a dump is of: what is in it is indented; aliases of locations and resources may follow."""
_SYMBOL: Final = r"@(?:[\w$.-]+|\"[^\"\n]*\")"
_CONSTANTS: Final = "iree.consteval"
"""Of the program that computes constants: an attribute of its module."""
SCHEDULE: Final = "iree-stream-schedule-execution"


@dataclass(frozen=True, slots=True)
class Dump:
    """IR as it was before or after a pass.

    Attributes:
        name: the pass's argument with its options, such as `canonicalize{max-iterations=3}`; its class where there is none.
        when: `before`, `after`, or `failed`; `said after` where it is what the compiler said behind a dump, its warnings mostly.
        anchor: what is shown: `module`, a function or another op such as `util.func @main`, or `other text`.
        text: the IR, or what was said, in lines as they were printed.
    """

    name: str
    when: str
    anchor: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The text's lines, without empty ones at its end."""
        return self.text.strip("\n").split("\n")


def has_dumps(text: str) -> bool:
    """Whether the text holds a dump."""
    return _HEADER.search(text) is not None


def lists_passes(text: str) -> bool:
    """Whether the text is read as a list of passes: it holds dumps, and not just those from before each function's schedule."""
    dumps = [dump for dump in read_dumps(text) if dump.anchor != "other text"]
    return has_dumps(text) and (schedulable(dumps) is None or not all(map(_is_before_schedule, dumps)))


def read_dumps(text: str) -> tuple[Dump, ...]:
    """The dumps in a text, in order; none where it holds none. What stands before the first is a dump of no pass."""
    return tuple(_dumps(text))


def _dumps(text: str) -> Iterator[Dump]:
    headers = list(_HEADER.finditer(text))
    if not headers:
        return
    if text[: headers[0].start()].strip():
        yield Dump("before the first dump", "before", "other text", text[: headers[0].start()])
    ends = [header.start() for header in headers[1:]] + [len(text)]
    for header, end in zip(headers, ends, strict=True):
        name, when = _pass_of(header)
        body = text[header.end() : end]
        last = re.search(_END, body)
        ir, said = (body, "") if last is None else (body[: last.end()], body[last.end() :])
        if said.strip():
            yield Dump(name, when, _anchor(ir), ir)
            yield Dump(name, "said after", "other text", said)
        else:
            yield Dump(name, when, _anchor(body), body)


def _pass_of(header: re.Match[str]) -> tuple[str, str]:
    """The `name` and the `when` of what follows a header."""
    what, scope = header["what"], re.search(_SCOPE, header["what"])
    if scope is not None:
        what = what[: scope.start()]
    when = "failed" if re.search(_FAILED, what) else header["when"].lower()
    what = re.sub(_FAILED, "", what, count=1)
    found = re.match(_ARGUMENT, what)
    name = what if found is None else found["colon"] or found["round"]
    return " ".join(name.split()), when


def _anchor(text: str) -> str:
    """What the text is of, by its first line that is IR."""
    first = re.search(_FIRST, text)
    if first is None:
        return "other text"
    line = text[first.start() :].lstrip().partition("\n")[0]
    symbol = None if first["op"] in ("module", "builtin.module") else re.search(_SYMBOL, line)
    return "module" if symbol is None else f"{first['op']} {symbol[0]}"


def schedulable(dumps: Sequence[Dump]) -> Dump | None:
    """The module as it was last dumped before execution regions were scheduled; None: there is no such dump.

    Of a program's constants the compiler may make another program, which it compiles, and dumps, on the way.
    """
    own = 1 + max((number for number, dump in enumerate(dumps) if _CONSTANTS in dump.text), default=-1)
    modules = [
        (n, dump) for n, dump in enumerate(dumps) if n >= own and dump.anchor == "module" and dump.when != "failed"
    ]
    end = next((n for n, dump in enumerate(dumps) if n >= own and SCHEDULE in dump.name), len(dumps))
    at_once = next((dump for _, dump in modules if _is_before_schedule(dump)), None)
    before = [dump for number, dump in modules if number < end]
    return at_once or (before[-1] if before else None)


def _is_before_schedule(dump: Dump) -> bool:
    return dump.when == "before" and SCHEDULE in dump.name
