"""Whether we accept what the real tool accepts."""

from __future__ import annotations

import re
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

from tests.conformance import oracle
from tests.fuzz.judge import judge_in_time, mutant

CRASHED = (b"PLEASE submit a bug report", b"Please report issues to", b"Stack dump", b"Assertion")
SECONDS = 20
_DETAIL = re.compile(r"'[^']*'|\"[^\"]*\"|[%#@^!]\S+|\d+")


def real_verdict(data: bytes) -> tuple[str, str]:
    """What the real tool does: `accepted`, `refused` or `crashed`, and its text or first error."""
    command = [oracle.native_opt(), f"--pass-pipeline={oracle.pipeline('both')}", "-"]
    try:
        process = subprocess.run(command, input=data, capture_output=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "crashed", "timeout"
    messages = process.stderr
    if process.returncode < 0 or any(words in messages for words in CRASHED):
        return "crashed", ""
    if process.returncode == 0:
        return "accepted", process.stdout.decode(errors="replace")
    lines = messages.decode(errors="replace").splitlines()
    return "refused", next((line.partition("error: ")[2] for line in lines if "error: " in line), "")


def compare(numbers: range, seed: int, keep: Path | None) -> int:
    """Prints the rate of agreement and the disagreements by what was said; returns 1 where ours did harm."""
    outcomes: Counter[str] = Counter()
    kinds: defaultdict[str, list[int]] = defaultdict(list)
    for number in numbers:
        made = mutant(number, seed)
        ours = judge_in_time(made.data)
        theirs, words = real_verdict(made.data)
        outcome, kind = _verdict(ours.outcome, ours.text, theirs, words)
        outcomes[outcome] += 1
        if kind:
            kinds[kind].append(number)
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{number}.mlir").write_bytes(made.data)
    for kind, found in sorted(kinds.items(), key=lambda item: -len(item[1])):
        print(f"{len(found):5}  {kind}  {found[:8]}")
    compared = len(numbers) - outcomes["the real tool crashed"]
    agreed = outcomes["both accept, same text"] + outcomes["both accept, other text"] + outcomes["both refuse"]
    for outcome, count in outcomes.most_common():
        print(f"{count:6}  {outcome}")
    print(f"{agreed} of {compared} agree on acceptance ({100 * agreed / max(compared, 1):.2f} %)")
    return 1 if outcomes["harm"] else 0


def _verdict(ours: str, said: str, theirs: str, words: str) -> tuple[str, str]:
    """The outcome, and the kind of disagreement, empty where there is none."""
    if ours in ("crash", "hang", "no place"):
        return "harm", f"{ours}: {said[:300]}"
    if theirs == "crashed":
        return "the real tool crashed", ""
    if ours != "accepted":
        if theirs == "refused":
            return "both refuse", ""
        return "only we refuse", f"only we refuse: {_general(said)}"
    if theirs == "refused":
        return "only the real tool refuses", f"only the real tool refuses: {_general(words)}"
    if said.rstrip("\n") == words.rstrip("\n"):
        return "both accept, same text", ""
    return "both accept, other text", "both accept, other text"


def _general(words: str) -> str:
    """An error without what is particular to a program."""
    return _DETAIL.sub("_", words.splitlines()[0].partition("error: ")[2] if "error: " in words else words)[:160]
