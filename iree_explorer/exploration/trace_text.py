"""The decisions in words, one block per op: what the released compiler's missing debug output would say, and why.

Ops are called as in the program that was loaded, in both passes, and copies of an op as the op.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from iree_explorer.exploration.labels import long_labels, short_labels
from iree_explorer.exploration.parts import Parts, stage_labels
from iree_explorer.exploration.stages import Stage
from iree_explorer.partitioning.trace.reasons import Candidate, Labels
from iree_explorer.partitioning.trace.regions import function_name
from iree_explorer.partitioning.trace.steps import (
    NOUNS,
    Began,
    Ended,
    Opened,
    Outlined,
    Placed,
    Refused,
    Rewritten,
    Step,
    Visited,
    Weighed,
)


def trace_text(parts: Parts) -> str:
    """All stages; each begins with a headline, each op with its name, and what was decided of it is indented."""
    source = short_labels(parts.before)
    blocks = [line for stage in parts.stages for line in _stage(parts, stage, source)]
    refusal = parts.observation.refusal
    if refusal is not None:
        blocks += ["", str(refusal)]
    return "\n".join(blocks).lstrip("\n") + "\n"


def source_labels(parts: Parts, stage: Stage, source: Labels) -> Labels:
    """How the ops of a stage were called in the program that was loaded, if they were in it; `source` is its names."""
    labels, regions = dict(stage_labels(parts, stage)), parts.regions(stage)
    for op in (*labels, *parts.origin):
        name = source.get(parts.origin.get(op, op))
        if name and op not in regions:
            labels[op] = name
    return labels


def _stage(parts: Parts, stage: Stage, source: Labels) -> Iterator[str]:
    title = f"@{function_name(stage.function)}: iree-stream-schedule-{stage.scope}"
    yield from ("", title, "=" * len(title))
    steps = parts.observation.trace.steps[stage.first : stage.end]
    labels, noun = source_labels(parts, stage, source), NOUNS[stage.scope]
    headlines = _headlines(parts, steps)
    for (kind, op), group in groupby(steps, _subject):
        found = list(group)
        if kind == "apart":
            for step in found:
                yield from _apart(step, labels, noun)
        elif kind == "constant":
            yield from _constants(found, labels)
        else:
            yield from ("", headlines.get(parts.origin.get(op, op)) or labels.get(op) or f"op {op}")
            for step in found:
                yield from _indented(step, found, labels, noun)


def _subject(step: Step) -> tuple[str, int]:
    """What tells the blocks of the text apart: constants share one, each op has its own."""
    if isinstance(step, Began | Ended | Outlined | Rewritten | Refused):
        return "apart", -1
    if isinstance(step, Visited) and step.skip == "constant":
        return "constant", -1
    return "op", step.op


def _headlines(parts: Parts, steps: Sequence[Step]) -> Labels:
    """Op id → a phrase such as `%7 = @ex::@matmul`, as in the text before the passes."""
    ops = {getattr(step, "op", -1) for step in steps}
    return long_labels(parts.before, {parts.origin.get(op, op) for op in ops})


def _constants(steps: Sequence[Step], labels: Labels) -> Iterator[str]:
    names = [labels.get(op) or f"op {op}" for op in (_subject_op(step) for step in steps)]
    yield from ("", ", ".join(names))
    yield "    constants: ops anywhere may use them" if len(names) > 1 else "    a constant: ops anywhere may use it"


def _subject_op(step: Step) -> int:
    return getattr(step, "op", -1)


def _apart(step: Step, labels: Labels, noun: str) -> Sequence[str]:
    """A step that stands for itself; a blank line before what begins and ends."""
    line = step.sentence(labels, noun)
    return ["", line] if isinstance(step, Began | Ended | Refused) else [f"  {line}"]


def _indented(step: Step, block: Sequence[Step], labels: Labels, noun: str) -> Iterator[str]:
    if isinstance(step, Weighed):
        rows = sorted(step.candidates, key=_first)
        yield from (f"    {candidate.sentence(labels, noun)}" for candidate in rows)
    elif not _is_told(step, block):
        yield f"    {step.sentence(labels, noun)}"


def _is_told(step: Step, block: Sequence[Step]) -> bool:
    """Whether the block said so already: that a partition was opened for the op that is put there."""
    opened = any(isinstance(other, Opened) for other in block)
    return opened and isinstance(step, Placed) and step.because in ("none left", "as told")


def _first(candidate: Candidate) -> int:
    return next(iter(candidate.partitions), -1)
