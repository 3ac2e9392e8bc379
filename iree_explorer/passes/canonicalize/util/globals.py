"""Rules of `util.global.*`, `util.initializer` and `util.scf.unreachable`. # IREE: UtilOpFolders.cpp."""

from __future__ import annotations

from xdsl.dialects.ub import PoisonAttr, PoisonOp
from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.dialects.scf import YieldOp
from iree_explorer.dialects.util.functions import InitializerOp, ReturnOp, SCFUnreachableOp, UnreachableOp
from iree_explorer.dialects.util.globals import (
    GlobalAddressOp,
    GlobalLoadIndirectOp,
    GlobalLoadOp,
    GlobalStoreIndirectOp,
    GlobalStoreOp,
)
from iree_explorer.ir.interfaces import GlobalLoadOpInterface
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern


@pattern("DropEmptyInitializerOp")
def _drop_empty_initializer_op(op: InitializerOp, rewriter: Rewriter) -> bool:
    """Drops an initializer that does nothing."""
    block = op.regions[0].first_block
    if block is None or block is not op.regions[0].last_block or block.first_op is not block.last_op:
        return False
    if not isinstance(block.first_op, ReturnOp | UnreachableOp | None):
        return False
    rewriter.erase_op(op)
    return True


@pattern("PropagateGlobalLoadAddress")
def _propagate_global_load_address(op: GlobalLoadIndirectOp, rewriter: Rewriter) -> bool:
    """Loads a global by name where its address is taken here."""
    address = definition(op.global_)
    if not isinstance(address, GlobalAddressOp):
        return False
    properties = {name: address.properties[name] for name in ("global", "is_immutable") if name in address.properties}
    rewriter.replace_op_with(op, GlobalLoadOp.create(result_types=[op.result.type], properties=properties))
    return True


@pattern("PropagateGlobalStoreAddress")
def _propagate_global_store_address(op: GlobalStoreIndirectOp, rewriter: Rewriter) -> bool:
    """Stores a global by name where its address is taken here."""
    address = definition(op.global_)
    if not isinstance(address, GlobalAddressOp):
        return False
    new = GlobalStoreOp.create(operands=[op.value], properties={"global": address.properties["global"]})
    rewriter.replace_op_with(op, new)
    return True


@pattern("EraseUnusedGlobalStoreOp")
def _erase_unused_global_store_op(op: GlobalStoreOp, rewriter: Rewriter) -> bool:
    """Drops the store of what was loaded from the same global."""
    load = definition(op.value)
    if not isinstance(load, GlobalLoadOpInterface) or load.properties.get("global") != op.global_:
        return False
    rewriter.erase_op(op)
    return True


def _is_in_scf(op: Operation) -> bool:
    parent = op.parent_op()
    return parent is not None and parent.name.startswith("scf.")


@pattern("ConvertSCFUnreachableToTerminatorOp")
def _convert_scf_unreachable_to_terminator_op(op: SCFUnreachableOp, rewriter: Rewriter) -> bool:
    """Ends the block here, outside of `scf` ops; what comes after never runs."""
    if _is_in_scf(op):
        return False
    dead: list[Operation] = []
    following = op.next_op
    while following is not None:
        dead.append(following)
        poison = [rewriter.insert(_poison(result.type)).results[0] for result in following.results]
        rewriter.replace_all_uses(list(zip(following.results, poison, strict=True)))
        following = following.next_op
    for each in dead:
        rewriter.erase_op(each)
    rewriter.replace_op_with(op, UnreachableOp.create(properties=dict(op.properties)))
    return True


@pattern("SimplifySCFUnreachableInSCFRegionOp")
def _simplify_scf_unreachable_in_scf_region_op(op: SCFUnreachableOp, rewriter: Rewriter) -> bool:
    """In an `scf` op drops what comes after, and yields poison."""
    if not _is_in_scf(op) or op.parent is None:
        return False
    changed = False
    last = op.parent.last_op
    if isinstance(last, YieldOp) and not all(_is_poison(definition(value)) for value in last.operands):
        poison: dict[int, SSAValue] = {
            n: rewriter.insert(_poison(value.type)).results[0] for n, value in enumerate(last.operands)
        }
        rewriter.set_operands(last, poison)
        changed = True
    dead: list[Operation] = []
    following = op.next_op
    while following is not None and following is not last:
        if not _is_poison(following):
            dead.append(following)
        following = following.next_op
    for each in reversed(dead):
        rewriter.erase_op(each)
    return changed or bool(dead)


def _is_poison(op: Operation | None) -> bool:
    return isinstance(op, PoisonOp)


def _poison(type_: Attribute) -> PoisonOp:
    return PoisonOp.create(result_types=[type_], properties={"value": PoisonAttr()})


RULES = (
    OpRules("util.initializer", (_drop_empty_initializer_op,)),
    OpRules("util.global.load.indirect", (_propagate_global_load_address,)),
    OpRules("util.global.store", (_erase_unused_global_store_op,)),
    OpRules("util.global.store.indirect", (_propagate_global_store_address,)),
    OpRules(
        "util.scf.unreachable",
        (_convert_scf_unreachable_to_terminator_op, _simplify_scf_unreachable_in_scf_region_op),
    ),
)
