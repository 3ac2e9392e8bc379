"""The decisions in words, one block per op: what the released compiler's missing debug output would say, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iree_explorer.exploration.document import Parts, stage_labels
from iree_explorer.exploration.labels import long_labels
from iree_explorer.exploration.stages import Stage
from iree_explorer.graph.build import function_name
from iree_explorer.partitioning.reasons import Labels
from iree_explorer.partitioning.steps import (
    NOUNS,
    Began,
    Ended,
    Opened,
    Outlined,
    Placed,
    Refused,
    Rewritten,
    Step,
    Weighed,
)


def trace_text(parts: Parts) -> str:
    """All stages; each begins with a headline, each op with its name, and what was decided of it is indented."""
    blocks = [line for stage in parts.stages for line in _stage(parts, stage)]
    refusal = parts.observation.refusal
    if refusal is not None:
        blocks += ["", str(refusal)]
    return "\n".join(blocks).lstrip("\n") + "\n"


def _stage(parts: Parts, stage: Stage) -> Iterator[str]:
    title = f"@{function_name(stage.function)}: iree-stream-schedule-{stage.scope}"
    yield from ("", title, "=" * len(title))
    steps = parts.observation.trace.steps[stage.first : stage.end]
    labels, noun = stage_labels(parts, stage), NOUNS[stage.scope]
    headlines = _headlines(parts, steps)
    current = -1
    for before, step in zip((None, *steps), steps, strict=False):
        if isinstance(step, Began | Ended | Outlined | Rewritten | Refused):
            current = -1
            yield from _apart(step, labels, noun)
            continue
        if step.op != current:
            current = step.op
            yield from ("", headlines.get(parts.origin.get(current, current)) or labels.get(current) or f"op {current}")
        if not _is_told(before, step):
            yield from _indented(step, labels, noun)


def _headlines(parts: Parts, steps: Sequence[Step]) -> Labels:
    """Op id → a phrase such as `%7 = @ex::@matmul`, as in the text before the passes."""
    ops = {getattr(step, "op", -1) for step in steps}
    return long_labels(parts.before, {parts.origin.get(op, op): "" for op in ops})


def _is_told(before: Step | None, step: Step) -> bool:
    """Whether the step before said so already: that a partition was opened for the op that is put there."""
    return isinstance(before, Opened) and isinstance(step, Placed) and step.op == before.op


def _apart(step: Step, labels: Labels, noun: str) -> Sequence[str]:
    """A step that stands for itself; a blank line before what begins and ends."""
    line = step.sentence(labels, noun)
    return ["", line] if isinstance(step, Began | Ended | Refused) else [f"  {line}"]


def _indented(step: Step, labels: Labels, noun: str) -> Iterator[str]:
    if isinstance(step, Weighed):
        yield from (f"    {candidate.sentence(labels, noun)}" for candidate in step.candidates)
    else:
        yield f"    {step.sentence(labels, noun)}"
