"""Whether we accept what the real tool accepts, and refuse the rest in its words."""

from __future__ import annotations

import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from tests.conformance import oracle
from tests.fuzz.judge import Mutant, judge_in_time

CRASHED = (b"PLEASE submit a bug report", b"Please report issues to", b"Stack dump", b"Assertion")
SECONDS = 20
TOLD = 60
"""So many kinds of errors in other words are told, the most frequent first."""
_ERROR = re.compile(r"^[^:\n]*:(\d+:\d+): error: (.*)$", re.MULTILINE)
_DETAIL = re.compile(r"'[^']*'|\"[^\"]*\"|[%#@^!]\S+|\d+")


def real_verdict(data: bytes, passes: str = "both") -> tuple[str, str]:
    """What the real tool does: `accepted`, `refused` or `crashed`, and its text or messages."""
    command = [oracle.native_opt(), f"--pass-pipeline={oracle.pipeline(passes)}", "-"]
    try:
        process = subprocess.run(command, input=data, capture_output=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "crashed", "timeout"
    messages = process.stderr
    if process.returncode < 0 or any(words in messages for words in CRASHED):
        return "crashed", ""
    if process.returncode == 0:
        return "accepted", process.stdout.decode(errors="replace")
    # MLIR writes a NUL where it leaves out the `s` of a plural.
    return "refused", messages.decode(errors="replace").replace("\0", "")


def first_error(messages: str) -> tuple[str, str]:
    """The place (`line:column`) and the words of the first error; empty where there is none."""
    return next(iter(errors_in(messages)), ("", ""))


def errors_in(messages: str) -> list[tuple[str, str]]:
    """The place (`line:column`) and the words of each error."""
    return [(match[1], match[2]) for match in _ERROR.finditer(messages)]


def compare(numbers: range, make: Callable[[int], Mutant], passes: str, keep: Path | None) -> int:
    """Prints the rate of agreement and the disagreements by what was said; returns 1 where ours did harm."""
    outcomes: Counter[str] = Counter()
    kinds: defaultdict[str, list[int]] = defaultdict(list)
    words: Counter[str] = Counter()
    other_words: defaultdict[str, list[int]] = defaultdict(list)
    for number in numbers:
        made = make(number)
        ours = judge_in_time(made.data, passes)
        theirs, said = real_verdict(made.data, passes)
        outcome, kind = _verdict(ours.outcome, ours.text, theirs, said)
        outcomes[outcome] += 1
        if outcome == "both refuse":
            how, difference = _compare_words(first_error(ours.text), first_error(said))
            words[how] += 1
            if difference:
                other_words[difference].append(number)
        if kind:
            kinds[kind].append(number)
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{number}.mlir").write_bytes(made.data)
    _tell_kinds(other_words, TOLD)
    _tell_kinds(kinds, len(kinds))
    compared = len(numbers) - outcomes["the real tool crashed"]
    agreed = outcomes["both accept, same text"] + outcomes["both accept, other text"] + outcomes["both refuse"]
    for outcome, count in (*outcomes.most_common(), *words.most_common()):
        print(f"{count:6}  {outcome}")
    print(f"{agreed} of {compared} agree on acceptance ({100 * agreed / max(compared, 1):.2f} %)")
    return 1 if outcomes["harm"] else 0


def _tell_kinds(kinds: dict[str, list[int]], count: int) -> None:
    for kind, found in sorted(kinds.items(), key=lambda item: -len(item[1]))[:count]:
        print(f"{len(found):5}  {kind}  {found[:8]}")


def _compare_words(ours: tuple[str, str], theirs: tuple[str, str]) -> tuple[str, str]:
    """How like each other two errors are, and the kind of difference, empty where there is none."""
    same_place, same_words = (a == b for a, b in zip(ours, theirs, strict=True))
    if same_words:
        return f"  refused in the same words at {'the same' if same_place else 'another'} place", (
            "" if same_place else f"another place: {_general(theirs[1])}"
        )
    difference = f"ours: {_general(ours[1])}\n       iree: {_general(theirs[1])}"
    return f"  refused in other words at {'the same' if same_place else 'another'} place", difference


def _verdict(ours: str, said: str, theirs: str, words: str) -> tuple[str, str]:
    """The outcome, and the kind of disagreement, empty where there is none."""
    if ours in ("crash", "hang", "no place"):
        return "harm", f"{ours}: {said[:300]}"
    if theirs == "crashed":
        return "the real tool crashed", ""
    if ours != "accepted":
        if theirs == "refused":
            return "both refuse", ""
        return "only we refuse", f"only we refuse: {_general(first_error(said)[1])}"
    if theirs == "refused":
        return "only the real tool refuses", f"only the real tool refuses: {_general(first_error(words)[1])}"
    if said.rstrip("\n") == words.rstrip("\n"):
        return "both accept, same text", ""
    return "both accept, other text", f"both accept, other text: {_first_difference(said, words)}"


def _first_difference(ours: str, theirs: str) -> str:
    """The first lines that differ, without what is particular to a program."""
    pairs = zip(ours.splitlines(), theirs.splitlines(), strict=False)
    differ = next(((a.strip(), b.strip()) for a, b in pairs if a != b), ("(end)", "(end)"))
    return f"\n       ours: {_general(differ[0])}\n       iree: {_general(differ[1])}"


def _general(words: str) -> str:
    """An error without what is particular to a program."""
    return _DETAIL.sub("_", words)[:160]
