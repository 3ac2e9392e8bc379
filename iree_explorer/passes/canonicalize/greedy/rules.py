"""What is known of an op's class: its folder, its patterns in the order in which they are tried, whether it can die.

Rules are in files by dialect and group of ops, named in `_RULE_MODULES`, imported when the first op of the group is met.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.traits import Commutative, MemoryEffect, MemoryReadEffect, NoMemoryEffect

from iree_explorer.ir.interfaces.effects import is_never_dead, would_be_trivially_dead
from iree_explorer.passes.canonicalize.facts.constants import CONSTANT_VALUES, is_constant, materialize
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands

Folded = Sequence[SSAValue | Attribute]
"""What an op's results are: values that exist, or constants; empty: the op was changed in place and is to be seen again."""

Folder = Callable[[Any], "Folded | None"]
"""Computes an op without making new ops; None: it can't. May change the op's operands in place (then: empty)."""

Rewrite = Callable[[Any, Rewriter], bool]
"""Matches at an op and changes IR by the rewriter, or returns False and has changed nothing."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rewrite rule.

    Attributes:
        name: the rule's name in IREE or MLIR.
        rewrite: see `Rewrite`.
        benefit: rules of greater benefit are tried first; of the same, in the order of their registration.
        root: the op's name that the rule matches, or that of a dialect's ops with a `*` at its end; empty: as that which registers it.
        summary: what it does, for a reader of the trace, as `summary_of` gives it.
        for_unused: it matches only an op that nothing uses: never one whose class dies of that alone.
        mended: what the rule should do, where the compiler's own makes wrong programs; None: `rewrite` is right.
        is_near: it is plain, and looks at nothing but what is near the op; see `Settled`. Where it failed, it is not tried again
            until something of that has changed.
        is_plain: it changes IR by the rewriter only, so that all is known that it changes.
    """

    name: str
    rewrite: Rewrite
    benefit: int = 1
    root: str = ""
    summary: str = ""
    for_unused: bool = False
    mended: Rewrite | None = None
    is_near: bool = False
    is_plain: bool = False


def pattern(
    name: str,
    *,
    benefit: int = 1,
    root: str = "",
    for_unused: bool = False,
    mended: Rewrite | None = None,
    is_near: bool = False,
    is_plain: bool = False,
) -> Callable[[Rewrite], Pattern]:
    """Makes a function a `Pattern`, whose summary is that of the function."""
    is_plain |= is_near
    return lambda rewrite: Pattern(
        name, rewrite, benefit, root, summary_of(rewrite), for_unused, mended, is_near, is_plain
    )


def never(_: Any, __: Rewriter) -> bool:
    """Changes nothing: what is left of a rule of the compiler that is never right."""
    return False


def summary_of(function: Callable[..., object] | None) -> str:
    """The first sentence of a function's docstring, to go on after a colon: `a fill of all is a splat`; empty: none."""
    line, _, _ = (getattr(function, "__doc__", None) or "").partition("\n")
    sentence = line.partition(". ")[0].removesuffix(".")
    return sentence[:1].lower() + sentence[1:]


@dataclass(frozen=True, slots=True)
class OpRules:
    """What one op registers.

    Attributes:
        op: the op's name; with a `*` at its end, a dialect that registers patterns on other ops.
        patterns: in the order in which IREE or MLIR register them.
        fold: computes the op; None: nothing can.
        mended: what the folder should do, where the compiler's own makes wrong programs; None: `fold` is right.
        looks_back: all of these are plain and look at nothing but the op itself, the ops that make its operands, and through these,
            where their classes look back too, those that make theirs. Neither at uses nor at places.
    """

    op: str
    patterns: tuple[Pattern, ...] = ()
    fold: Folder | None = None
    mended: Folder | None = None
    looks_back: bool = False


def looking_back(*rules: OpRules) -> tuple[OpRules, ...]:
    """The rules, marked as `OpRules.looks_back` says."""
    return tuple([replace(each, looks_back=True) for each in rules])


class Death(Enum):
    """May an op of a class be erased when nothing uses its results?"""

    NEVER = 0
    ALWAYS = 1
    DEPENDS = 2


@dataclass(slots=True)
class Rules:
    """All that the driver needs to know of a class of ops.

    Attributes:
        patterns: those that match ops of the class, in the order in which they are tried.
        fold: the op's own folder.
        is_commutative: constant operands go last where the folder does nothing.
        is_constant: the op is a constant: it is hoisted and made unique, never folded.
        death: see `Death`.
        folding: what the folder does, for a reader of the trace; as `Pattern.summary`.
        may_fold: whether there is anything to ask.
        may_die: whether an op of the class may be erased when nothing uses it.
        is_inert: a visit never does anything to an op of the class.
        far_patterns: those of `patterns` that are not near; see `Pattern.is_near`.
        has_near_patterns: whether any is near.
        looks_back: see `OpRules.looks_back`. Where all of an op's rules failed, none is tried again until what they look at changes.
        rests: whether a visit does nothing to an op that is used and at which the near patterns failed, with nothing changed since.
        rests_unused: whether it does so to one that nothing uses, too.
    """

    patterns: tuple[Pattern, ...] = ()
    fold: Folder | None = None
    is_commutative: bool = False
    is_constant: bool = False
    death: Death = Death.NEVER
    folding: str = ""
    looks_back: bool = False
    may_fold: bool = field(init=False)
    may_die: bool = field(init=False)
    is_inert: bool = field(init=False)
    far_patterns: tuple[Pattern, ...] = field(init=False)
    has_near_patterns: bool = field(init=False)
    rests: bool = field(init=False)
    rests_unused: bool = field(init=False)

    def __post_init__(self) -> None:
        self.far_patterns = tuple([pattern for pattern in self.patterns if not pattern.is_near])
        self.has_near_patterns = len(self.far_patterns) < len(self.patterns)
        self.may_fold = not self.is_constant and (self.fold is not None or self.is_commutative)
        self.may_die = self.death is not Death.NEVER
        acts = self.patterns or self.may_fold or self.is_constant or self.may_die
        self.is_inert = not acts
        self.rests = not (self.may_fold or self.looks_back) and all(each.for_unused for each in self.far_patterns)
        self.rests_unused = self.rests and not (self.may_die or self.far_patterns)

    def folded(self, op: Operation) -> Folded | None:
        """What `op` folds to, by its own folder or else by its traits. # MLIR: OpDefinition.h, Op::foldHook."""
        result = None if self.fold is None else self.fold(op)
        if not result and self.is_commutative and _move_constants_last(op):
            return ()
        return result

    def fold_to_values(self, op: Operation) -> list[tuple[SSAValue, Operation | None]] | None:
        """The values `op` folds to, each with the fresh op where it is a constant; None: it is not replaced.

        # MLIR: Builders.cpp, OpBuilder::tryFold
        """
        while (result := self.folded(op)) is not None:
            if result:
                return as_values(op, result)
        return None

    def is_trivially_dead(self, op: Operation) -> bool:
        """Whether `op` may be erased, given that nothing uses it. # MLIR: wouldOpBeTriviallyDead."""
        return self.death is Death.ALWAYS or (self.death is Death.DEPENDS and would_be_trivially_dead(op))


def as_values(op: Operation, folded: Folded) -> list[tuple[SSAValue, Operation | None]] | None:
    """`folded` as values, each with the fresh op that makes it where it is a constant; None: one can't be made."""
    values: list[tuple[SSAValue, Operation | None]] = []
    for result, what in zip(op.results, folded, strict=True):
        if isinstance(what, SSAValue):
            values.append((what, None))
            continue
        constant = materialize(op.name, what, result.type)
        if constant is None:
            return None
        values.append((constant.results[0], constant))
    return values


def _move_constants_last(op: Operation) -> bool:
    """Moves constant operands behind the others, both in their order. # MLIR: Operation.cpp, foldCommutative."""
    operands = op.operands
    if len(operands) < 2:
        return False
    wanted = sorted(operands, key=is_constant)
    changes = {i: new for i, (old, new) in enumerate(zip(operands, wanted, strict=True)) if old is not new}
    set_operands(op, changes)
    return bool(changes)


class RuleBook(dict[type[Operation], Rules]):
    """The rules of the ops of every class, collected when a class is first asked for.

    Args:
        extra: patterns beyond the registered ones, tried after those of the same benefit; each names its root.
        is_mended: rules of the compiler that make wrong programs are replaced by right ones.
    """

    def __init__(self, extra: tuple[Pattern, ...] = (), *, is_mended: bool = False) -> None:
        super().__init__()
        self._extra = extra
        self._is_mended = is_mended

    def __missing__(self, cls: type[Operation]) -> Rules:
        rules = self[cls] = self._collect(cls)
        return rules

    def _collect(self, cls: type[Operation]) -> Rules:
        name, death = cls.name, _death(cls)
        registered = _registered(name)
        patterns = [p for rules in registered for p in rules.patterns if _covers(p.root or rules.op, name)]
        extra = [p for p in self._extra if p.root == name]
        patterns += extra
        if self._is_mended:
            patterns = [replace(p, rewrite=p.mended or p.rewrite) for p in patterns]
        if death is Death.ALWAYS:
            patterns = [p for p in patterns if not p.for_unused]
        patterns.sort(key=lambda p: -p.benefit)
        folds = [(rules.fold, rules.mended) for rules in registered if rules.op == name and rules.fold]
        fold, mended = folds[0] if folds else (None, None)
        return Rules(
            tuple(patterns),
            mended if self._is_mended and mended is not None else fold,
            cls.has_trait(Commutative, value_if_unregistered=False),
            name in CONSTANT_VALUES,
            death,
            summary_of(fold) or "its value is known",
            not extra and _all_look_back([rules for rules in registered if _concerns(rules, name)]),
        )


def _all_look_back(registered: list[OpRules]) -> bool:
    return bool(registered) and all(rules.looks_back for rules in registered)


def _concerns(rules: OpRules, name: str) -> bool:
    """Whether anything of `rules` is about ops of this name."""
    return rules.op == name or any(_covers(p.root or rules.op, name) for p in rules.patterns)


def _covers(wanted: str, name: str) -> bool:
    """Whether an op's name is the wanted one, or begins as it does before a `*`."""
    return name.startswith(wanted[:-1]) if wanted.endswith("*") else name == wanted


def _death(cls: type[Operation]) -> Death:
    effects = cls.get_traits_of_type(MemoryEffect)
    if not effects or is_never_dead(cls):
        return Death.NEVER
    harmless = all(isinstance(effect, NoMemoryEffect | MemoryReadEffect) for effect in effects)
    return Death.ALWAYS if harmless else Death.DEPENDS


_ARITH = (
    "arith.bits",
    "arith.compare",
    "arith.converted",
    "arith.extended",
    "arith.integers",
    "arith.casts",
    "arith.floats",
)

_RULE_MODULES: dict[str, tuple[str, ...]] = {
    "affine": ("affine.ops",),
    "arith": _ARITH,
    "arith.constant": (),
    "arith.muli": (*_ARITH, "util.assumptions"),
    "arith.select": (*_ARITH, "stream.resource", "util.buffers"),
    "builtin": ("builtin", "stream.resource"),
    "cf": ("cf",),
    "check": ("check",),
    "flow": ("flow.tensors", "flow.transfers"),
    "flow.dispatch.region": ("flow.dispatches",),
    "flow.dispatch.workgroups": ("flow.dispatches",),
    "hal": ("hal.commands",),
    "hal.device": ("hal.fences",),
    "hal.executable": ("hal.executables",),
    "hal.fence": ("hal.fences",),
    "hal.tensor": ("hal.tensors",),
    "iree_linalg_ext": ("linalg.casts", "linalg.extended"),
    "iree_linalg_ext.im2col": ("linalg.casts", "linalg.im2col"),
    "iree_tensor_ext": ("tensor_ext.numbers",),
    "iree_tensor_ext.bitcast": ("tensor_ext.tensors",),
    "iree_tensor_ext.dispatch.tensor": ("tensor_ext.tensors",),
    "linalg": ("linalg.casts", "linalg.structured"),
    "linalg.pack": ("linalg.casts", "linalg.relayout"),
    "linalg.unpack": ("linalg.casts", "linalg.relayout"),
    "math": ("math",),
    "memref": ("memref.buffers", "memref.views"),
    "scf": ("scf.regions", "scf.if_op"),
    "scf.forall": ("scf.forall",),
    "stream": ("stream.resource",),
    "stream.async": ("stream.async_ops", "stream.elements", "stream.parameter"),
    "stream.async.concurrent": ("stream.regions",),
    "stream.async.dispatch": ("stream.dispatch",),
    "stream.async.execute": ("stream.regions",),
    "stream.cmd": ("stream.cmd", "stream.parameter", "stream.regions"),
    "stream.tensor": ("stream.tensor",),
    "stream.test": ("stream.regions",),
    "stream.timepoint": ("stream.timepoint",),
    "stream.yield": (),
    "tensor": (
        "linalg.casts",
        "linalg.fills",
        "linalg.im2col",
        "scf.forall",
        "tensor.elements",
        "tensor.joins",
        "tensor.pads",
        "tensor.reshapes",
        "tensor.shapes",
        "tensor.slices",
    ),
    "util": ("util.buffers", "util.globals", "util.strings", "util.values"),
    "util.assume": ("util.assumptions",),
    "util.global": ("util.globals",),
    "util.return": (),
}
"""Op, or group of ops, or dialect → modules of this package with rules for these ops; the longest name counts."""


def _modules_of(name: str) -> tuple[str, ...]:
    while name not in _RULE_MODULES:
        name, _, _ = name.rpartition(".")
        if not name:
            return ()
    return _RULE_MODULES[name]


def _registered(name: str) -> list[OpRules]:
    """All rules that may concern ops of this name, in the order in which the compiler collects patterns.

    Those of whole dialects come first, then op by op in the order of names.

    # IREE: ScheduleExecution.cpp; MLIR: MLIRContext.cpp, getRegisteredOperations (it is sorted)
    """
    found: list[OpRules] = []
    for module in _modules_of(name):
        found += _rules_in(module)
    return sorted(found, key=lambda rules: (not rules.op.endswith("*"), rules.op))


def _rules_in(module: str) -> Iterable[OpRules]:
    rules: tuple[OpRules, ...] = importlib.import_module(f"iree_explorer.passes.canonicalize.{module}").RULES
    return rules
