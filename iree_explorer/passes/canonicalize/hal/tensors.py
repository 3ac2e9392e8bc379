"""Rules of `hal.tensor.*` ops, at the edges of programs. # IREE: HALOpFolders.cpp."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.dialects.hal.program_ops import TensorBarrierOp, TensorExportOp, TensorImportOp, TensorTransientsOp
from iree_explorer.ir.interfaces import ShapeAwareOpInterface
from iree_explorer.passes.canonicalize.facts.constants import constant_value, is_constant
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern

# --- hal.tensor.import, export ---


def _fold_import(op: TensorImportOp) -> Folded | None:
    """An import of what was exported is what was exported, where types and encodings are the same."""
    source = definition(op.source)
    if (
        _is_whole(op)
        and isinstance(source, TensorExportOp)
        and source.source.type == op.target.type
        and source.source_encoding == op.target_encoding
    ):
        return (source.source,)
    return None


def _fold_export(op: TensorExportOp) -> Folded | None:
    """An export of what was imported is what was imported, where types and encodings are the same."""
    source = definition(op.source)
    if (
        isinstance(source, TensorImportOp)
        and _is_whole(source)
        and source.source.type == op.target.type
        and source.target_encoding == op.source_encoding
    ):
        return (source.source,)
    return None


def _is_whole(op: TensorImportOp) -> bool:
    """Whether the import neither waits, nor takes the buffer for itself, nor starts within it."""
    return op.wait_fence is None and op.consume is None and op.byte_offset is None


@dataclass(slots=True)
class _Evidence:
    """What users of an imported tensor know of one dimension."""

    constants: dict[Attribute, SSAValue] = field(default_factory=dict[Attribute, SSAValue])
    is_dynamic: bool = False

    def add(self, dim: SSAValue) -> None:
        value = constant_value(dim)
        if value is None:
            self.is_dynamic = True
        else:
            self.constants.setdefault(value, dim)

    def agreed(self) -> SSAValue | None:
        return next(iter(self.constants.values())) if len(self.constants) == 1 and not self.is_dynamic else None


@pattern("PropagateImportDimsFromConsumers")
def _propagate_import_dims_from_consumers(op: TensorImportOp, rewriter: Rewriter) -> bool:
    """Gives an import the constant dimensions that all its users, which must be in its block, know."""
    dims = list(op.target_dims)
    if all(is_constant(dim) for dim in dims):
        return False
    evidence = _evidence(op, len(dims))
    if evidence is None:
        return False
    found = {
        number: agreed
        for number, (dim, known) in enumerate(zip(dims, evidence, strict=True))
        if not is_constant(dim) and (agreed := known.agreed()) is not None
    }
    for number, dim in found.items():
        dims[number] = _available_at(op, dim, rewriter)
    if found:
        rewriter.assign(op, target_dims=dims)
    return bool(found)


def _evidence(op: TensorImportOp, rank: int) -> list[_Evidence] | None:
    evidence = [_Evidence() for _ in range(rank)]
    for use in op.target.uses:
        user = use.operation
        if user.parent is not op.parent:
            return None
        if not isinstance(user, ShapeAwareOpInterface):
            continue
        dims = user.operand_dynamic_dims(use.index)
        if len(dims) != rank:
            return None
        for known, dim in zip(evidence, dims, strict=True):
            known.add(dim)
    return evidence


def _available_at(op: Operation, constant: SSAValue, rewriter: Rewriter) -> SSAValue:
    source = definition(constant)
    assert source is not None
    if source.parent is op.parent and rewriter.order.is_before(source, op):
        return constant
    return rewriter.insert(source.clone()).results[0]


# --- hal.tensor.transients, barrier ---


@pattern("FoldConsecutiveTransientsOps")
def _fold_consecutive_transients_ops(op: TensorTransientsOp, rewriter: Rewriter) -> bool:
    """Uses the memory of the outer op alone."""
    source = definition(op.source)
    if not isinstance(source, TensorTransientsOp):
        return False
    rewriter.assign(op, source=source.source, source_dims=list(source.source_dims))
    return True


@pattern("DeduplicateTensorBarrierSources")
def _deduplicate_tensor_barrier_sources(op: TensorBarrierOp, rewriter: Rewriter) -> bool:
    """Names each tensor once."""
    sources = list(dict.fromkeys(op.sources))
    if len(sources) == len(op.sources):
        return False
    new = TensorBarrierOp.create(operands=[*sources, op.signal_fence], result_types=[source.type for source in sources])
    results = dict(zip(sources, rewriter.insert(new).results, strict=True))
    rewriter.replace_op(op, [results[source] for source in op.sources])
    return True


RULES = (
    OpRules("hal.tensor.import", (_propagate_import_dims_from_consumers,), _fold_import),
    OpRules("hal.tensor.export", fold=_fold_export),
    OpRules("hal.tensor.transients", (_fold_consecutive_transients_ops,)),
    OpRules("hal.tensor.barrier", (_deduplicate_tensor_barrier_sources,)),
)
