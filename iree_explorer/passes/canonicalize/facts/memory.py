"""What ops do to memory, as far as they tell. # MLIR: SideEffectInterfaces.cpp."""

from __future__ import annotations

from xdsl.ir import Operation
from xdsl.traits import EffectInstance, MemoryEffect, MemoryEffectKind, RecursiveMemoryEffect

from iree_explorer.ir.storage import nested_ops


def effects_of(op: Operation) -> list[EffectInstance] | None:
    """The effects of `op` and, where it has those, of the ops in it; None: unknown. # MLIR: getEffectsRecursively."""
    effects: list[EffectInstance] = []
    pending = [op]
    while pending:
        current = pending.pop()
        known = False
        for trait in current.get_traits_of_type(MemoryEffect):
            if isinstance(trait, RecursiveMemoryEffect):
                pending.extend(nested_ops(current))
                known = True
            elif (found := trait.get_effects(current)) is not None:
                effects.extend(found)
                known = True
        if not known:
            return None
    return effects


def may_write(op: Operation) -> bool:
    """Whether `op` writes memory, or might."""
    effects = effects_of(op)
    return effects is None or any(effect.kind is MemoryEffectKind.WRITE for effect in effects)


def allocates(op: Operation) -> bool:
    """Whether `op` says that it allocates memory."""
    effects = effects_of(op)
    return effects is not None and any(effect.kind is MemoryEffectKind.ALLOC for effect in effects)
