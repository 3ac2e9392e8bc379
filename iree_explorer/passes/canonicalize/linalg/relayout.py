"""Rules of `linalg.pack` and `linalg.unpack`: packed and unpacked again, constants, casts, sizes. # MLIR: LinalgOps.cpp."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, DenseIntOrFPElementsAttr, i64
from xdsl.ir import Attribute, OpResult, SSAValue

from iree_explorer.dialects.linalg.relayout import PackOp, RelayoutOp, UnPackOp
from iree_explorer.ir.operands import segments_property
from iree_explorer.ir.storage import retype
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.elements import element_of, reshaped
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.linalg.building import before_cast, outputs_of
from iree_explorer.passes.canonicalize.tensor.building import as_type, cast, is_static, tensor_like, tensor_shape
from iree_explorer.syntax.dense import is_splat


def _numbers(op: RelayoutOp, name: str) -> tuple[int, ...]:
    values = op.properties.get(name)
    return tuple(values.get_values()) if isinstance(values, DenseArrayBase) else ()


def _tiles(op: RelayoutOp) -> list[SSAValue | int]:
    """The sizes of a tile, as numbers where constants say them."""
    tiles: list[SSAValue | int] = []
    for tile in op.tiles():
        number = tile if isinstance(tile, int) else constant_integer(tile)
        tiles.append(tile if number is None else number)
    return tiles


def _outer_places(op: RelayoutOp) -> list[int]:
    """For each dimension of what is not packed, the number of the outer dimension of what is."""
    unpacked, _ = op.unpacked_and_packed()
    order = _numbers(op, "outer_dims_perm") or range(len(tensor_shape(unpacked)))
    return [order.index(number) for number in range(len(order))]


# --- One after the other ---


def _undo_each_other(pack: PackOp, unpack: UnPackOp) -> bool:
    """Whether both are between the same dimensions and tiles, and nothing is filled up."""
    return (
        pack.padding_value is None
        and _numbers(pack, "inner_dims_pos") == _numbers(unpack, "inner_dims_pos")
        and _outer_places(pack) == _outer_places(unpack)
        and _tiles(pack) == _tiles(unpack)
    )


def _pack_of_unpack(op: PackOp, rewriter: Rewriter) -> bool:
    unpack = definition(op.source)
    if not isinstance(unpack, UnPackOp) or unpack.source.type != op.dest.type or not _undo_each_other(op, unpack):
        return False
    rewriter.replace_op(op, (unpack.source,))
    return True


def _unpack_of_pack(op: UnPackOp, pack: PackOp, rewriter: Rewriter) -> bool:
    if pack.source.type != op.dest.type or not _undo_each_other(pack, op):
        return False
    rewriter.replace_op(op, (pack.source,))
    return True


# --- What goes where ---


def _drop_padding(op: PackOp, rewriter: Rewriter) -> bool:
    """Where tiles fill the source, nothing fills them up. # MLIR: paddingIsNotNeeded."""
    shape = tensor_shape(op.source)
    sizes = [shape[place] for place in _numbers(op, "inner_dims_pos")]
    tiles = op.tiles()
    is_known = DYNAMIC_INDEX not in sizes and all(isinstance(tile, int) for tile in tiles)
    if op.padding_value is None or not is_known:
        return False
    if any(size % tile for size, tile in zip(sizes, tiles, strict=True) if isinstance(tile, int)):
        return False
    rewriter.assign(op, padding_value=None)
    return True


def _skip_destination(op: UnPackOp, rewriter: Rewriter) -> bool:
    """What is overwritten may be what another op overwrote before."""
    maker = definition(op.dest)
    outputs = (
        () if maker is None else outputs_of(maker) or (maker.operands[1:2] if isinstance(maker, RelayoutOp) else ())
    )
    if maker is None or not outputs:
        return False
    assert isinstance(op.dest, OpResult)
    rewriter.set_operand(op, 1, outputs[op.dest.index])
    return True


def _infer_sizes(op: RelayoutOp, rewriter: Rewriter) -> bool:
    """Casts the operands to sizes that the other one says: of dimensions that are not split into tiles.

    # MLIR: inferStaticShape
    """
    unpacked, packed = op.unpacked_and_packed()
    shape, packed_shape = list(tensor_shape(unpacked)), list(tensor_shape(packed))
    split = _numbers(op, "inner_dims_pos")
    for number, place in enumerate(_outer_places(op)):
        if number not in split and DYNAMIC_INDEX in (shape[number], packed_shape[place]):
            size = packed_shape[place] if shape[number] == DYNAMIC_INDEX else shape[number]
            shape[number] = packed_shape[place] = size
    known = {unpacked: shape, packed: packed_shape}
    if all(known[value] == list(tensor_shape(value)) for value in known):
        return False
    source, dest, old_type = op.operands[0], op.operands[1], op.results[0].type
    new = [as_type(value, tensor_like(value.type, known[value]), rewriter) for value in (source, dest)]
    rewriter.set_operands(op, dict(enumerate(new)))
    if new[1].type != old_type:
        retype(op.results[0], new[1].type)
        rewriter.set_insertion_point_after(op)
        whole = rewriter.insert(cast(op.results[0], old_type))
        rewriter.replace_all_uses_with(op.results[0], whole.dest, spared=whole)
    return True


@pattern("PackOp")
def _simplify_pack(op: PackOp, rewriter: Rewriter) -> bool:
    """Takes what was unpacked, and says sizes that are known; nothing fills up full tiles."""
    return bool(op.results) and (
        _pack_of_unpack(op, rewriter) or _drop_padding(op, rewriter) or _infer_sizes(op, rewriter)
    )


@pattern("UnPackOp")
def _simplify_unpack(op: UnPackOp, rewriter: Rewriter) -> bool:
    """Takes what was packed, and says sizes that are known; what it overwrites need not be made."""
    if not op.results:
        return False
    pack = definition(op.source)
    if isinstance(pack, PackOp):
        return _unpack_of_pack(op, pack, rewriter)
    return _skip_destination(op, rewriter) or _infer_sizes(op, rewriter)


# --- Casts ---


def _without_casts(op: RelayoutOp, rewriter: Rewriter) -> bool:
    """Uses tensors as they are, not as what they were cast to, and tiles of the sizes that these say."""
    operands = [before_cast(operand) or operand for operand in op.operands]
    if not op.results or operands == list(op.operands):
        return False
    packed = operands[1] if isinstance(op, PackOp) else operands[0]
    sizes = tensor_shape(packed)[-len(op.tiles()) :]
    tiles = [tile if size == DYNAMIC_INDEX else size for tile, size in zip(op.tiles(), sizes, strict=True)]
    new = rewriter.insert(_relaid(op, operands, tiles))
    rewriter.replace_op(op, [as_type(new.results[0], op.results[0].type, rewriter)])
    return True


def _relaid(op: RelayoutOp, operands: Sequence[SSAValue], tiles: Sequence[SSAValue | int]) -> RelayoutOp:
    """A fresh op as `op` of other operands and tiles."""
    dynamic = [tile for tile in tiles if isinstance(tile, SSAValue)]
    static = [tile if isinstance(tile, int) else DYNAMIC_INDEX for tile in tiles]
    properties: dict[str, Attribute] = dict(op.properties)
    properties["static_inner_tiles"] = DenseArrayBase.from_list(i64, static)
    padding = operands[2:3] if op.padding() is not None else []
    if isinstance(op, PackOp):
        properties |= segments_property(1, 1, len(padding), len(dynamic))
    return type(op).create(
        operands=[*operands[:2], *padding, *dynamic],
        result_types=[operands[1].type],
        properties=properties,
        attributes=dict(op.attributes),
    )


# --- Constants ---


def _fold_constant(op: RelayoutOp) -> Folded | None:
    """A constant of one number all over is one in any layout. # MLIR: reshapeConstantSource."""
    # IREE bug: what fills up tiles counts only where it is a constant.
    value, padding = constant_value(op.operands[0]), op.padding()
    if not isinstance(value, DenseIntOrFPElementsAttr) or not is_splat(value) or not is_static(op.operands[1]):
        return None
    fill = None if padding is None else constant_value(padding)
    return None if fill is not None and fill != element_of(value, 0) else (reshaped(value, op.operands[1].type),)


def _fold_constant_mended(op: RelayoutOp) -> Folded | None:
    """As `_fold_constant`, but not where it is not known what fills up tiles."""
    padding = op.padding()
    return None if padding is not None and constant_value(padding) is None else _fold_constant(op)


RULES = (
    OpRules(
        "linalg.*",
        (
            pattern("FoldTensorCastPackOp", root="linalg.pack")(_without_casts),
            pattern("FoldTensorCastUnPackOp", root="linalg.unpack")(_without_casts),
        ),
    ),
    OpRules("linalg.pack", (_simplify_pack,), _fold_constant, _fold_constant_mended),
    OpRules("linalg.unpack", (_simplify_unpack,), _fold_constant),
)
