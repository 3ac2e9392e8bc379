"""The words of the trait `breakpoints`: which of them mean something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from iree_explorer.exploration import Exploration
from iree_explorer.partitioning.trace.reasons import Rule
from iree_explorer.partitioning.trace.steps import Weighed

OP_WORD = re.compile(r"op:(\d{1,9})", re.ASCII)
_PARTITION_WORD = re.compile(r"partition:(.+):\d{1,9}", re.ASCII | re.DOTALL)
_DECISIONS = ("opened", "cloned", "left", "flushed", "refused", *get_args(Rule))
"""Kinds of steps to stop at, then rules that refuse an op a partition."""
_FORMS = "write op:12, partition:main:3 (of a function), decision:opened or decision:hazard"
_LONGEST = 60


def breakpoint_problem(words: Iterable[str], exploration: Exploration) -> str:
    """What the error line says of the first of the words that stops nowhere in this program; empty: there is none."""
    wrong = next((word for word in words if not _is_known(word, exploration)), None)
    if wrong is None:
        return ""
    shown = wrong if len(wrong) <= _LONGEST else f"{wrong[:_LONGEST]}…"
    return f"no breakpoint of this program is called {shown!r}; {_FORMS}"


def _is_known(word: str, exploration: Exploration) -> bool:
    if (op := OP_WORD.fullmatch(word)) is not None:
        return int(op[1]) < len(exploration.trace.names)
    if (partition := _PARTITION_WORD.fullmatch(word)) is not None:
        return any(graph.function == partition[1] for graph in exploration.graphs)
    kind, _, decision = word.partition(":")
    return kind == "decision" and (decision in _DECISIONS or decision in _rules_of(exploration))


def _rules_of(exploration: Exploration) -> set[str]:
    """The rules that are named in the trace: a user's own partitioner may have others than `Rule` lists."""
    weighed = (step for step in exploration.trace.steps if isinstance(step, Weighed))
    return {candidate.why.rule for step in weighed for candidate in step.candidates if candidate.why is not None}
