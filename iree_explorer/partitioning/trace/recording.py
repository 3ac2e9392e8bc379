"""The trace of a run of the scheduling passes: who records it, what it is, and how it replays.

A trace is a tuple of steps (`steps.py`) plus what is needed to read them: the ops by number. The steps alone rebuild
the partitions (`replay`), so a slider, a golden file, a test and the widget's JSON are one and the same object.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Protocol, cast, get_args

from typing_extensions import override
from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue

from iree_explorer.partitioning.trace import reasons
from iree_explorer.partitioning.trace.reasons import (
    Labels,
    Ordinals,
    ValueRef,
)
from iree_explorer.partitioning.trace.steps import (
    NOUNS,
    Began,
    Cloned,
    Ended,
    Opened,
    Outlined,
    Placed,
    Step,
)

VERSION = 2
"""Of the JSON form. Raised where a reader of the old form would misread the new one."""

Moment = Callable[[str, Operation, int], None]
"""Called at a moment of a pass with its name, the function op and the number of steps recorded so far."""


class OpIds:
    """Numbers for ops that outlive them: the loaded module's in pre-order (the module is 0), later ones as they come.

    The same module, loaded or cloned again, gets the same numbers.

    Attributes:
        names: op name by id, also of ops that are gone.
        origin: id of a copy → id of the op it was copied from; ops that were not copied are not in it.
    """

    def __init__(self, module: Operation) -> None:
        self.origin: dict[int, int] = {}
        self._ops = [*module.walk()]
        self.names = [op.name for op in self._ops]
        self._ids = {id(op): number for number, op in enumerate(self._ops)}  # Python hashes an `id` faster than an op.
        self._blocks: dict[Block, int] = {}

    def of(self, op: Operation) -> int:
        """The op's id; an op that has none yet gets the next."""
        known = self._ids.get(id(op))
        if known is not None:
            return known
        number = self._ids[id(op)] = len(self.names)
        self.names.append(op.name)
        self._ops.append(op)
        return number

    def all_of(self, ops: Iterable[Operation]) -> list[int]:
        """As `of`, for many ops."""
        ops = [*ops]
        found = [*map(self._ids.get, map(id, ops))]
        return [*map(self.of, ops)] if None in found else cast("list[int]", found)

    def known(self, op: Operation) -> int | None:
        """The op's id; None: it has none yet."""
        return self._ids.get(id(op))

    def copied(self, copy: Operation, origin: Operation) -> int:
        """Numbers a fresh copy, with all ops nested in it, and remembers what they were copied from."""
        for new, old in zip(copy.walk(), origin.walk(), strict=True):
            number, source = self.of(new), self.of(old)
            self.origin[number] = self.origin.get(source, source)
        return self.of(copy)

    def block(self, block: Block) -> int:
        """The place of a block in its region, as it was when one of the region was first asked for."""
        if block not in self._blocks:
            assert block.parent is not None
            self._blocks.update((each, place) for place, each in enumerate(block.parent.blocks))
        return self._blocks[block]

    def value(self, value: SSAValue) -> ValueRef:
        """A value by number."""
        if type(value) is OpResult:
            return ValueRef(self.of(value.op), value.index)
        argument = cast("BlockArgument", value)
        owner = argument.owner.parent_op()
        return ValueRef(-1 if owner is None else self.of(owner), argument.index, is_argument=True)

    def ops(self) -> Sequence[Operation]:
        """All ops numbered so far, by their ids; do not change it."""
        return self._ops


class Witness(Protocol):
    """Sees the decisions of a pass as they are made. Passing None instead costs nothing."""

    @property
    def ids(self) -> OpIds:
        """The numbers by which steps name ops."""
        ...

    def record(self, step: Step) -> None:
        """Called after the decision, before the IR changes (`Outlined`, `Rewritten`: right after it has).

        What leads to the partitions of a block comes once it is divided.
        """
        ...

    def moment(self, name: str, op: Operation) -> None:
        """Called with the function op when its IR is whole: `before` a function's first pass, `outlined` into
        execution regions, `rewritten` (right after each `Rewritten`, with the op whose regions are cleaned up), `cleaned`
        (end of the execution pass), `scheduled` (end of the concurrency pass).
        """
        ...


SHOWN = 20
"""Partitions in a repr."""


@dataclass(slots=True)
class Recorder:
    """The witness that keeps every step; `on_moment`, where given, is told of each moment."""

    ids: OpIds
    on_moment: Moment | None = None
    steps: list[Step] = field(default_factory=list[Step])

    def record(self, step: Step) -> None:
        """Keeps the step."""
        self.steps.append(step)

    def moment(self, name: str, op: Operation) -> None:
        """Tells the observer, if there is one."""
        if self.on_moment is not None:
            self.on_moment(name, op, len(self.steps))

    def trace(self) -> Trace:
        """What was recorded so far, frozen."""
        return Trace(tuple(self.steps), tuple(self.ids.names), dict(self.ids.origin))


@dataclass(frozen=True, slots=True)
class Trace:
    """All steps of a run, in order.

    Attributes:
        steps: the decisions.
        names: op name by op id.
        origin: id of a copied op → id of the op it was copied from.
    """

    steps: tuple[Step, ...] = ()
    names: tuple[str, ...] = ()
    origin: Mapping[int, int] = field(default_factory=dict[int, int])

    def __len__(self) -> int:
        return len(self.steps)

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __getitem__(self, index: int) -> Step:
        return self.steps[index]

    @override
    def __repr__(self) -> str:
        """How many steps there are of each kind; a long program has too many to show."""
        kinds = Counter(step.kind for step in self.steps)
        words = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
        return f"<Trace: {len(self.steps):,} step{'' if len(self.steps) == 1 else 's'}" + (
            f"; {words}>" if words else ">"
        )

    def scopes(self) -> list[Replayed]:
        """What was partitioned, block by block, in the order of the passes."""
        return replay(self.steps)

    def sentences(self, labels: Labels | None = None) -> Iterator[str]:
        """Each step as one plain sentence."""
        labels = labels if labels is not None else dict(enumerate(self.names))
        noun = NOUNS["execution"]
        for step in self.steps:
            if isinstance(step, Began | Outlined):
                noun = NOUNS[step.scope]
            yield step.sentence(labels, noun)

    def about(self, op: int) -> list[int]:
        """Numbers of the steps whose subject the op (or a copy of it) is."""
        return [i for i, step in enumerate(self.steps) if self._subject(step) == op]

    def _subject(self, step: Step) -> int:
        op = getattr(step, "op", -1)
        return self.origin.get(op, op)


@dataclass(slots=True)
class Replayed:
    """The partitions of one block, rebuilt from steps alone.

    Attributes:
        began: what was partitioned.
        first, end: the steps `first <= i < end`, from `Began` to `Ended` inclusive (`end` grows while it is not ended).
        partitions: ordinal, by which they run → op ids, in the order in which they joined.
    """

    began: Began
    first: int
    end: int
    partitions: dict[int, list[int]] = field(default_factory=dict[int, list[int]])

    @override
    def __repr__(self) -> str:
        """The block, and how many ops each partition holds, as they run."""
        noun, name = NOUNS[self.began.scope], self.began.name
        sizes = [f"{noun} {ordinal}: {len(self.partitions[ordinal]):,}" for ordinal in sorted(self.partitions)]
        shown = [*sizes[:SHOWN], *([f"{len(sizes) - SHOWN:,} more"] if len(sizes) > SHOWN else [])]
        return f"<{self.began.scope} of @{name}, ops by {noun}: {', '.join(shown) or 'none'}>"

    def take(self, step: Step) -> None:
        """Does what the step says; steps that move no op change nothing."""
        if isinstance(step, Placed):
            self.partitions.setdefault(step.partition, []).append(step.op)
        elif isinstance(step, Opened):
            self.partitions.setdefault(step.partition, [])
        elif isinstance(step, Cloned):
            for ordinal in step.partitions:
                self.partitions.setdefault(ordinal, []).append(step.op)


def replay(steps: Sequence[Step], count: int | None = None) -> list[Replayed]:
    """Rebuilds the partitions from the first `count` steps (all by default), one entry for each block partitioned."""
    scopes: list[Replayed] = []
    scope: Replayed | None = None
    for i, step in enumerate(steps[:count]):
        if isinstance(step, Began):
            scope = Replayed(step, i, i + 1)
            scopes.append(scope)
        elif scope is not None:
            scope.take(step)
            scope.end = i + 1
            if isinstance(step, Ended):
                scope = None
    return scopes


_STEPS: Mapping[str, type[Step]] = {cls.kind: cls for cls in get_args(Step)}


def to_json(step: Step) -> dict[str, Any]:
    """A step as a JSON object: its `kind`, then its fields; sets of ordinals as lists of inclusive runs."""
    return {"kind": step.kind, **_fields_to_json(step)}


def from_json(data: Mapping[str, Any]) -> Step:
    """The step that `to_json` told, with sets of ordinals equal in their members.

    Raises:
        KeyError: no step has this kind, or a field is missing.
    """
    cls = _STEPS[data["kind"]]
    return _object_from_json(cls, data)


def _fields_to_json(value: Any) -> dict[str, Any]:
    return {f.name: _value_to_json(getattr(value, f.name)) for f in fields(value)}


def _value_to_json(value: Any) -> Any:
    if isinstance(value, Ordinals):
        return [list(run) for run in value.runs()]
    if isinstance(value, tuple):
        return [_value_to_json(v) for v in value]
    return _fields_to_json(value) if is_dataclass(value) else value


def _object_from_json(cls: type[Any], data: Mapping[str, Any]) -> Any:
    return cls(**{f.name: _value_from_json(str(f.type), data[f.name]) for f in fields(cls)})


def _value_from_json(declared: str, value: Any) -> Any:
    """Reads by the declared type of the field, a word of `reasons.py` (annotations are strings there)."""
    if declared == "Ordinals":
        return Ordinals.of_runs([(a, b) for a, b in value])
    if declared.startswith("tuple["):
        inner = declared.removeprefix("tuple[").removesuffix(", ...]")
        return tuple(_value_from_json(inner, v) for v in value)
    if isinstance(value, dict):
        name = next(part for part in declared.split(" | ") if part not in ("int", "None"))
        return _object_from_json(getattr(reasons, name), value)
    return value
