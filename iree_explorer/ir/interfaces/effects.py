"""May an op be removed, moved, merged? MLIR's questions about side effects, answered from xDSL's traits.

xDSL has its own versions (`xdsl.traits.is_side_effect_free`); these follow MLIR's SideEffectInterfaces.cpp where the
two differ: an op with recursive effects is asked through its nested ops, terminators and symbols are never dead, and
an allocation is only droppable where it allocates a result of the op itself.
"""

from collections.abc import Iterator
from functools import cache

from xdsl.ir import Operation, SSAValue
from xdsl.traits import (
    ConditionallySpeculatable,
    EffectInstance,
    IsTerminator,
    MemoryEffect,
    MemoryEffectKind,
    MemoryWriteEffect,
    RecursiveMemoryEffect,
    SymbolOpInterface,
)


def _own_effects(op: Operation) -> tuple[bool, list[EffectInstance] | None]:
    """Whether nested ops' effects count, and the op's own effects; None: it implements no effect interface."""
    recursive = False
    effects: list[EffectInstance] | None = None
    for trait in op.get_traits_of_type(MemoryEffect):
        if isinstance(trait, RecursiveMemoryEffect):
            recursive = True
        elif (found := trait.get_effects(op)) is not None:
            effects = [*(effects or ()), *found]
    return recursive, effects


def is_memory_effect_free(op: Operation) -> bool:
    """Whether `op` certainly touches no memory. MLIR: isMemoryEffectFree."""
    recursive, effects = _own_effects(op)
    if effects is not None:
        if effects:
            return False
        if not recursive:
            return True
    elif not recursive:
        return False
    return all(map(is_memory_effect_free, _nested_one_by_one(op)))


def is_speculatable(op: Operation) -> bool:
    """Whether running `op` where the program would not have run it is harmless. MLIR: isSpeculatable."""
    trait = op.get_trait(ConditionallySpeculatable)
    return trait is not None and trait.is_speculatable(op)


def is_pure(op: Operation) -> bool:
    """MLIR: isPure."""
    return is_speculatable(op) and is_memory_effect_free(op)


def would_be_trivially_dead(op: Operation) -> bool:
    """Whether `op` could be erased if nothing used its results. MLIR: wouldOpBeTriviallyDead.

    False for what has side effects that a program can observe: it may not be removed, and nothing moves across it.
    """
    if is_never_dead(type(op)):
        return False
    pending = [iter((op,))]
    while pending:
        current = next(pending[-1], None)
        if current is None:
            pending.pop()
            continue
        recursive, effects = _own_effects(current)
        if recursive:
            pending.append(_nested_one_by_one(current))
        if effects is None:
            if not recursive:
                return False
        elif not _only_reads_or_own_allocations(current, effects):
            return False
    return True


@cache
def is_never_dead(cls: type[Operation]) -> bool:
    """Whether no op of the class is ever dead: terminators, symbols, and what always writes somewhere."""
    return (
        cls.has_trait(IsTerminator, value_if_unregistered=True)
        or cls.has_trait(SymbolOpInterface, value_if_unregistered=False)
        or any(type(effect) is MemoryWriteEffect for effect in cls.get_traits_of_type(MemoryEffect))
    )


def _nested_one_by_one(op: Operation) -> Iterator[Operation]:
    """As `nested_ops`, but that no list of a block is made: mostly one of the first ops tells."""
    return (nested for region in op.regions for block in region.blocks for nested in block.ops)


def _only_reads_or_own_allocations(op: Operation, effects: list[EffectInstance]) -> bool:
    allocated = {
        effect.value
        for effect in effects
        if effect.kind is MemoryEffectKind.ALLOC and isinstance(effect.value, SSAValue) and effect.value.owner is op
    }
    return all(effect.kind is MemoryEffectKind.READ or effect.value in allocated for effect in effects)
