"""What rules of structured ops ask and make."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import TensorType
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import IRDLOperation

from iree_explorer.dialects.tensor import CastOp
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.shapes import says_as_much
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.tensor.building import as_type


def made_of(op: Operation, operands: Sequence[SSAValue], result_types: Sequence[Attribute]) -> Operation:
    """A fresh op as `op`, with copies of its regions, of other operands, as many in each group, and of other results."""
    return type(op).create(
        operands=operands,
        result_types=result_types,
        properties=dict(op.properties),
        attributes=dict(op.attributes),
        regions=[region.clone() for region in op.regions],
    )


def fill_like(fill: Operation, output: SSAValue) -> Operation:
    """A fresh `linalg.fill` of another output with the same scalar."""
    results = [output.type] if isinstance(output.type, TensorType) else []
    return made_of(fill, [fill.operands[0], output], results)


def outputs_of(op: Operation) -> Sequence[SSAValue]:
    """The operands in whose place the results of an op go, one each for the results that are tensors; empty: there are none.

    # MLIR: DestinationStyleOpInterface::getDpsInits
    """
    if op.name in ("tensor.insert", "linalg.softmax"):
        return op.operands[1:2]
    if op.dialect_name() not in ("linalg", "iree_linalg_ext"):
        return ()
    assert isinstance(op, IRDLOperation)
    outputs = getattr(op, "output_operands", None)
    return () if outputs is None else outputs()


def replace_with_casts(op: Operation, new: Operation, rewriter: Rewriter) -> None:
    """Replaces `op` by `new`, which is inserted; results are cast to the types that they had."""
    pairs = zip(op.results, rewriter.insert(new).results, strict=True)
    rewriter.replace_op(op, [as_type(result, old.type, rewriter) for old, result in pairs])


def before_cast(value: SSAValue) -> SSAValue | None:
    """What a cast that forgets sizes was made from; None: `value` is made by another op."""
    source = definition(value)
    if isinstance(source, CastOp) and says_as_much(source.source.type, value.type):
        return source.source
    return None
