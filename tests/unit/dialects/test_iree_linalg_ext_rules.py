"""The rules of `iree_linalg_ext` and of `cast_to_ragged_shape`: programs that are right but for one thing, in `iree-opt`'s words."""

import pytest

from tests.unit.dialects.texts import error_of

SCATTER = """%0 = iree_linalg_ext.scatter dimension_map = [{map}] unique_indices(true) ins(%arg0, %arg1{mask} : {updates}, {indices}{mask_type})
outs(%arg2 : {original}) {{
^bb0(%a: {a}, %b: {b}):
  iree_linalg_ext.yield {yields}
}} -> {original}"""
SCATTER_PARTS = {
    "map": "0", "mask": "", "mask_type": "", "updates": "tensor<2x4xf32>", "indices": "tensor<2x1xi32>",
    "original": "tensor<8x4xf32>", "a": "f32", "b": "f32", "yields": "%a : f32",
}  # fmt: skip
STORE = """%0 = iree_linalg_ext.map_store %arg0 into %arg1 {{
^bb0({arguments}):
  %t = arith.constant true
  %n = arith.constant 1 : i32
  iree_linalg_ext.yield {yields}
}} : {input} into tensor<4xf32> -> tensor<4xf32>"""
STORE_PARTS = {"arguments": "%i: index", "yields": "%i, %t : index, i1", "input": "tensor<4xf32>"}
TOP = """%0:2 = iree_linalg_ext.{op} dimension({dim}) ins(%arg0{indices} : {values}{indices_type}) outs(%arg1, %arg2 : {output}, {found}) {{
^bb0({arguments}):
  %c = arith.constant true
  %n = arith.constant 1 : i32
  iree_linalg_ext.yield {yields}
}} -> {output}, {found}"""
TOP_PARTS = {
    "op": "topk", "dim": "1", "indices": "", "indices_type": "", "values": "tensor<2x8xf32>", "output": "tensor<2x3xf32>",
    "found": "tensor<2x3xi32>", "arguments": "%a: f32, %b: f32", "yields": "%c : i1",
}  # fmt: skip
COMPARE = """%0:2 = iree_linalg_ext.arg_compare dimension({dim}) ins(%arg0{index} : {values}{index_type})
outs(%arg1, %arg2 : {output}, {found}){base} {{
^bb0({arguments}):
  %c = arith.constant true
  iree_linalg_ext.yield {yields}
}} -> {output}, {found}"""
COMPARE_PARTS = {
    "dim": "1", "index": "", "index_type": "", "values": "tensor<2x8xf32>", "output": "tensor<2xf32>", "base": "",
    "found": "tensor<2xi32>", "arguments": "%a: f32, %b: f32", "yields": "%c : i1",
}  # fmt: skip
EXP = """%0:2 = iree_linalg_ext.exp_reduction {{
  indexing_maps = [affine_map<(d0, d1) -> ({map})>, affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0)>],
  iterator_types = [#iree_linalg_ext.iterator_type<parallel>, #iree_linalg_ext.iterator_type<reduction>],
  exp_reduced_operands = [{reduced}]
}} ins(%arg0 : tensor<2x8xf32>) outs(%arg1, %arg1 : tensor<2xf32>, tensor<2xf32>) {{
^bb0(%a: f32, %b: f32, %c: f32):
  {body}
  iree_linalg_ext.yield %b, %c : f32, f32
}} -> tensor<2xf32>, tensor<2xf32>"""
EXP_PARTS = {"map": "d0, d1", "reduced": "1", "body": ""}
CUSTOM = """%0 = iree_linalg_ext.custom_op {{
  indexing_maps = [{first}affine_map<({dims}) -> ({result})>, affine_map<(d0){symbols} -> (d0)>],
  iterator_types = [#iree_linalg_ext.iterator_type<parallel>]
}} ins(%arg0 : {input}) outs(%arg1 : tensor<4xf32>) {{
^bb0({arguments}):
  {body}
  iree_linalg_ext.yield {yields}
}} -> tensor<4xf32>"""
CUSTOM_PARTS = {
    "first": "", "dims": "d0", "result": "d0", "symbols": "", "input": "tensor<4xf32>", "body": "",
    "arguments": "%a: tensor<?xf32>, %b: tensor<?xf32>", "yields": "%b : tensor<?xf32>",
}  # fmt: skip
WINOGRAD = """%0 = iree_linalg_ext.winograd.{op}_transform output_tile_size(6) kernel_size(3) {kind}_dimensions([{dims}])
ins(%arg0 : {input}) outs(%arg1 : {output}) -> {output}"""
WINOGRAD_PARTS = {"op": "input", "kind": "image", "dims": "1, 2", "input": "tensor<1x10x10x4xf32>"} | {
    "output": "tensor<8x8x1x2x2x4xf32>"
}
FILTER = {
    "op": "filter",
    "kind": "kernel",
    "dims": "0, 1",
    "input": "tensor<3x3x4x5xf32>",
    "output": "tensor<8x8x4x5xf32>",
}
OUTPUT = {"op": "output", "input": "tensor<8x8x1x2x2x4xf32>", "output": "tensor<1x12x12x4xf32>"}
IM2COL = """%0 = iree_linalg_ext.im2col strides = [{strides}] dilations = [{dilations}] kernel_size = [{kernel}] offsets = [{offsets}]
output_sizes = [{sizes}] batch_pos = [0] m_pos = [1, 2] k_pos = [3] input_k_perm = [{order}] output_perm = [{out}]{pad}
ins(%arg0 : {input}) outs(%arg1 : tensor<2x1024x5760xf32>) -> tensor<2x1024x5760xf32>"""
IM2COL_PARTS = {
    "strides": "1, 1", "dilations": "1, 1", "kernel": "3, 3", "offsets": "0, 0, 0", "sizes": "[2], [32, 32], [3, 3, 640]",
    "order": "0, 1, 2", "out": "0, 1, 2", "pad": "", "input": "tensor<2x34x34x640xf32>",
}  # fmt: skip
RAGGED = """%0 = iree_tensor_ext.cast_to_ragged_shape %arg0 ragged_dim({dim}) column_lengths(%arg1){rows} :
({source}{dims}, {lengths}) -> {result}"""
ENCODED = "#iree_tensor_ext.ragged_shape<{0}>"
RAGGED_PARTS = {
    "dim": "1", "rows": "", "source": "tensor<4x?x5xf32>", "dims": "{%arg2}", "lengths": "tensor<4xindex>",
    "result": f"tensor<4x3x?x5xf32, {ENCODED.format(1)}>",
}  # fmt: skip

BASES = {
    "scatter": (SCATTER, SCATTER_PARTS),
    "store": (STORE, STORE_PARTS),
    "top": (TOP, TOP_PARTS),
    "compare": (COMPARE, COMPARE_PARTS),
    "exp": (EXP, EXP_PARTS),
    "custom": (CUSTOM, CUSTOM_PARTS),
    "winograd": (WINOGRAD, WINOGRAD_PARTS),
    "filter": (WINOGRAD, WINOGRAD_PARTS | FILTER),
    "output": (WINOGRAD, WINOGRAD_PARTS | OUTPUT),
    "im2col": (IM2COL, IM2COL_PARTS),
    "ragged": (RAGGED, RAGGED_PARTS),
}
TAKEN = {
    "scatter": ("updates", "indices", "original", "mask_type"),
    "store": ("input",),
    "top": ("values", "output", "found", "indices_type"),
    "compare": ("values", "output", "found", "index_type"),
    "custom": ("input",),
    "winograd": ("input", "output"),
    "filter": ("input", "output"),
    "output": ("input", "output"),
    "im2col": ("input",),
    "ragged": ("source", "lengths"),
}
"""The types of the arguments, by the parts of the text that they stand in."""
MORE = {
    "store": "tensor<4xf32>", "exp": "tensor<2x8xf32>; tensor<2xf32>", "custom": "tensor<4xf32>", "compare": "index",
    "im2col": "tensor<2x1024x5760xf32>; f32", "ragged": "index",
}  # fmt: skip
V2 = {"op": "topk_v2"}
MASK = {"mask": ", %arg3"}
WITH_INDEX = {"index": ", %arg3"}
WITH_INDICES = {"indices": ", %arg3"}
ROWS = {"rows": " num_ragged_rows(%arg2)"}


def outcome(kind: str, **changes: str) -> str:
    """The error of a program of the kind with parts changed."""
    text, parts = BASES[kind]
    parts = parts | changes
    types = [parts[name].removeprefix(", ") for name in TAKEN.get(kind, ()) if parts[name]]
    return error_of(text.format(**parts), "; ".join([*types, *MORE.get(kind, "").split("; ")]).rstrip("; "))


CASES = [
    ("scatter", {"indices": "tensor<2x1xf32>"}, "expected indices to be of rank 1 or greater and of integer or index element type"),
    ("scatter", {"map": "1"}, "dimension map is invalid."),
    ("scatter", {"map": ""}, "dimension map must have at least one element"),
    ("scatter", {"original": "tensor<f32>"}, "expected update to be at least the rank of non indexed original dims"),
    ("scatter", {"indices": "tensor<2x1x1xi32>"}, "expected indices to be equal to batch rank or batch rank + 1"),
    ("scatter", {"indices": "tensor<3x1xi32>"}, "mismatch in shape of indices and update value at dim#0"),
    ("scatter", {"updates": "tensor<2x5xf32>"}, "shape of update value dim#1 must match original value at dim#1"),
    ("scatter", MASK | {"mask_type": ", tensor<2xf32>"}, "expected mask to have i1 or storage-legalized i8 element type"),
    ("scatter", MASK | {"mask_type": ", tensor<2x1xi1>"}, "expected mask rank to match batch rank"),
    ("scatter", MASK | {"mask_type": ", tensor<3xi1>"}, "mask shape must match batch dimensions at dim#0"),
    ("scatter", {"a": "index", "yields": "%a : index"}, "expected region to have scalar argument of integer or float types"),
    ("scatter", {"a": "i32", "yields": "%a : i32"}, "mismatch in argument 0 of region 'i32' and element type of update value 'f32'"),
    ("scatter", {"b": "i32"}, "mismatch in argument 1 of region 'i32' and element type of original value 'f32'"),
    ("scatter", {"updates": "tensor<2x4xi32>", "a": "i32", "yields": "%b : f32"}, "mismatch in region argument types 'i32' and 'f32'"),
    ("scatter", {"yields": "%a, %a : f32, f32"}, "expected region to yield a single value"),
    ("store", {"input": "tensor<f32>", "arguments": "", "yields": "%t : i1"}, "expected input type to have non-zero rank"),
    ("store", {"input": "tensor<4x4xf32>"}, "expected number of block arguments to be equal to the input rank"),
    ("store", {"arguments": "%i: i32", "yields": "%i, %t : i32, i1"}, "expected block arguments to be index types"),
    ("store", {"yields": "%t : i1"}, "expected transformation_region to yield a value for each output dimension and a mask"),
    ("store", {"yields": "%n, %t : i32, i1"}, "expected yielded indices to be index types"),
    ("store", {"yields": "%i, %n : index, i32"}, "expected yielded mask to be i1 type"),
    ("top", {"dim": "2"}, "dimension exceeds rank"),
    ("top", {"output": "tensor<2x3xf64>"}, "expected input/output value types to be identical"),
    ("top", WITH_INDICES | {"indices_type": ", tensor<2x8xi64>"}, "expected input/output indices types to be int32"),
    ("top", {"output": "tensor<6xf32>", "found": "tensor<6xi32>"}, "expected input/output to have the same rank"),
    ("top", WITH_INDICES | {"indices_type": ", tensor<2x7xi32>"}, "input indices/values shape must match"),
    ("top", {"found": "tensor<2x4xi32>"}, "output indices/values shape must match"),
    ("top", {"output": "tensor<3x3xf32>", "found": "tensor<3x3xi32>"}, "incompatible input/output shapes"),
    ("top", {"arguments": "%a: f32"}, "region block should have 2 arguments"),
    ("top", {"arguments": "%a: f32, %b: f64"}, "region block types must match input"),
    ("top", {"yields": "%n : i32"}, "region block must end with a linalg_ext.yield i1!"),
    ("top", V2 | WITH_INDICES | {"indices_type": ", tensor<2x8xf32>"}, "expected input indices to be integer type"),
    ("top", V2 | WITH_INDICES | {"indices_type": ", tensor<2x7xi32>"}, "input values/indices shape must match"),
    ("top", V2 | WITH_INDICES | {"indices_type": ", tensor<2x8xi64>"}, "expected input/output indices element types to be identical"),
    ("top", V2 | {"found": "tensor<2x3xf32>"}, "expected output indices to be integer type"),
    ("top", V2 | {"found": "tensor<2x4xi32>"}, "output values/indices shape must match"),
    ("top", V2 | {"output": "tensor<3x3xf32>", "found": "tensor<3x3xi32>"}, "incompatible input/output shapes at dimension 0"),
    ("top", V2 | {"output": "tensor<2x0xf32>", "found": "tensor<2x0xi32>"}, "output dimension must be positive"),
    ("top", V2 | {"output": "tensor<2x9xf32>", "found": "tensor<2x9xi32>"}, "output dimension must not exceed input, got 9 > 8"),
    ("compare", WITH_INDEX | {"index_type": ", tensor<2x7xi32>"}, "must have the same shape. Value shape: [2, 8], index shape: [2, 7]"),
    ("compare", WITH_INDEX | {"index_type": ", tensor<2x8xf32>"}, "index input must have integer or index element type, but got 'f32'"),
    ("compare", WITH_INDEX | {"index_type": ", tensor<2x8xi64>"}, "must match. Input index type: 'i64', output index type: 'i32'"),
    ("compare", WITH_INDEX | {"index_type": ", tensor<2x8xi32>", "base": " index_base(%arg4 : index)"}, "index_base must not be used"),
    ("compare", {"output": "tensor<2xf64>"}, "input and output value element types must match. Input type: 'f32', output value type: 'f64'"),
    ("compare", {"found": "tensor<2xf32>"}, "output index must have integer or index element type, but got 'f32'"),
    ("compare", {"found": "tensor<3xi32>"}, "shape must match. Output value shape: [2], output index shape: [3]"),
    ("compare", {"dim": "2"}, "reduction dimension exceeds or equals input rank. got dimension: 2, but input rank is: 2"),
    ("compare", {"dim": "0"}, "with reduction dimension removed. Expected: [8], but got: [2]"),
    ("compare", {"arguments": "%a: f32"}, "region block should have 2 arguments, but got 1"),
    ("compare", {"arguments": "%a: f32, %b: i32"}, "Expected: 'f32', but got: 'f32' and 'i32'"),
    ("compare", {"yields": "%c, %c : i1, i1"}, "expected linalg_ext.yield to return 1 operand, but got 2"),
    ("compare", {"yields": "%a : f32"}, "region block must end with a linalg_ext.yield i1, but got: 'f32'"),
    ("exp", {"reduced": "0"}, "cannot be the 0th operand, it always contains the maximum value"),
    ("exp", {"reduced": "2"}, "must index the outs operands (outs has 2 operands)"),
    ("exp", {"map": "d0, d0 + d1"}, "all indexing maps must be projected permutations"),
    ("exp", {"body": "%i = linalg.index 0 : index"}, "linalg.index is not supported in body"),
    ("custom", {"first": "affine_map<() -> ()>, "}, "expected number of indexing maps (3) to be same as the number of input/output operands (2)"),
    ("custom", {"dims": "d0, d1"}, "expected indexing_map #0 to have 1 dim(s) to match the number of loops or be zero"),
    ("custom", {"symbols": "[s0]"}, "inconsistent number of symbol dimensions in indexing_map #1, expected 0 instead of 1"),
    ("custom", {"result": "d0, d0"}, "expected operand rank(1) to match the result rank of indexing map #0"),
    ("custom", {"arguments": "%b: tensor<?xf32>"}, "expected as many basic block arguments (1) as the number of operands (2)"),
    ("custom", {"input": "f32", "dims": "d0", "result": "", "arguments": "%a: f64, %b: tensor<?xf32>"}, "for (scalar) operand #0"),
    ("custom", {"arguments": "%a: f32, %b: tensor<?xf32>"}, "for (tensor) operand #0 expected corresponding basic block argument to be tensor"),
    ("custom", {"arguments": "%a: tensor<4xf32>, %b: tensor<?xf32>"}, "operand #0 to be 'tensor<?xf32>' instead of 'tensor<4xf32>'"),
    ("custom", {"yields": ""}, "expected as many yields as the numbers of `outs` operand"),
    ("custom", {"yields": "%f : f32", "body": "%f = arith.constant 1.0 : f32"}, "expected type of 0-th operand of yield to match"),
    ("custom", {"body": "%i = iree_linalg_ext.index 1 : index"}, "expected dim (1) to be lower than the number of loops (1)"),
    ("winograd", {"output": "tensor<8x8x1x2x2x4xf64>"}, "expected input/output element types to be identical"),
    ("winograd", {"input": "tensor<1x10x10xf32>"}, "expected input operand to have rank either 2 or 4"),
    ("winograd", {"input": "tensor<8x8xf32>"}, "expected output operand to have rank 2 if input is of rank 2"),
    ("winograd", {"input": "tensor<9x8xf32>", "output": "tensor<8x8xf32>"}, "expected input dims not greater than input tile size"),
    ("winograd", {"input": "tensor<8x8xf32>", "output": "tensor<8x9xf32>"}, "expected output dims equal to inputTileSize"),
    ("winograd", {"output": "tensor<8x8x1x2x2xf32>"}, "expected output rank to be equal to input rank + 2"),
    ("winograd", {"dims": "1"}, "expected only 2 image dimensions"),
    ("winograd", {"dims": "0, 1"}, "expect image dimensions to be either [1, 2] or [2, 3]"),
    ("winograd", {"output": "tensor<8x8x1x2x3x4xf32>"}, "incompatible output shape"),
    ("winograd", {"dims": "2, 3", "input": "tensor<1x4x10x10xf32>", "output": "tensor<8x8x1x4x2x2xf32>"}, "incompatible output shape"),
    ("filter", {"input": "tensor<4x3xf32>", "output": "tensor<8x8xf32>"}, "expected input dims to be equal to kernel size"),
    ("filter", {"input": "tensor<3x3xf32>", "output": "tensor<8x9xf32>"}, "expected output dims equal to input tile size"),
    ("filter", {"output": "tensor<8x8x4xf32>"}, "expected output rank to be equal to input rank"),
    ("filter", {"dims": "1, 2"}, "expect kernel dimensions to be either [0, 1] or [2, 3]"),
    ("filter", {"input": "tensor<3x4x4x5xf32>"}, "expect all kernel dimensions to have the kernel size"),
    ("filter", {"output": "tensor<8x8x5x4xf32>"}, "incompatible output shape"),
    ("filter", {"dims": "2, 3", "input": "tensor<5x4x3x3xf32>", "output": "tensor<8x8x5x4xf32>"}, "incompatible output shape"),
    ("output", {"input": "tensor<8x9xf32>", "output": "tensor<6x6xf32>"}, "expected input dims to be equal to input tile size"),
    ("output", {"input": "tensor<8x8xf32>", "output": "tensor<6x7xf32>"}, "expected output dims equal to output tile size"),
    ("output", {"output": "tensor<1x12x12xf32>"}, "expected output rank to be equal to input rank - 2"),
    ("output", {"output": "tensor<1x12x13x4xf32>"}, "incompatible output shape"),
    ("im2col", {"input": "tensor<34x34x640xf32>"}, "expected input rank to be the sum of batch, m, and k ranks"),
    ("im2col", {"offsets": "0, 0"}, "expected offsets size (2) to match output rank (3)"),
    ("im2col", {"sizes": "[2], [32, 32, 3, 3, 640]"}, "expected output_sizes outer size (2) to match output rank (3)"),
    ("im2col", {"sizes": "[2, 1], [32, 32], [3, 3, 640]"}, "expected sum of batch output_sizes inner dimensions to equal batch_pos size"),
    ("im2col", {"sizes": "[2], [32], [3, 3, 640]"}, "M/K boundary not found"),
    ("im2col", {"sizes": "[2], [32, 32], [3, 640]"}, "inner dimensions (2) to equal m_pos.size() + k_pos.size() (3)"),
    ("im2col", {"kernel": "3"}, "expected kernel rank to be equal to the m_pos rank"),
    ("im2col", {"strides": "1"}, "expected strides rank to be equal to the kernel rank"),
    ("im2col", {"dilations": "1"}, "expected dilations rank to be equal to the kernel rank"),
    ("im2col", {"order": "0, 1"}, "expected input_k_perm size (2) to match the number of shared dimensions (m_pos + k_pos = 3)"),
    ("im2col", {"order": "0, 1, 1"}, "expected input_k_perm to be a permutation of [0, 3)"),
    ("im2col", {"out": "0, 1, 1"}, "expected output_perm to be a permutation"),
    ("im2col", {"out": "0, 1"}, "expected output_perm to have the same rank as the result"),
    ("im2col", {"pad": " input_pad_low = [0] input_pad_high = [0, 0]"}, "expected input_pad_low and input_pad_high to have the same size"),
    ("im2col", {"pad": " input_pad_low = [0] input_pad_high = [0]"}, "expected input_pad_low size (1) to match input rank (4)"),
    ("im2col", {"pad": " output_pad_low = [0, 0, 0] output_pad_high = [0, 0, 0]"}, "expected pad_value when output_pad_low/output_pad_high"),
    ("ragged", {"dim": "3"}, "expected `ragged_dim` to be less than 3, i.e the rank of source"),
    ("ragged", {"lengths": "tensor<4x1xindex>"}, "expected `column_lengths` to be of rank 1"),
    ("ragged", {"result": f"tensor<4x3x?xf32, {ENCODED.format(1)}>"}, "expected result rank to be 4, i.e. one more than the source rank, but got 3"),
    ("ragged", {"result": "tensor<4x3x?x5xf32>"}, "an encoding attribute that implements the `SparseShapeAttrInterface`"),
    ("ragged", {"result": f"tensor<4x3x?x5xf32, {ENCODED.format(0)}>"}, "value of 1 and `raggedRow` value in the sparse encoding 0"),
    ("ragged", ROWS, "invalid to have static dimensions for `column_lengths` when `num_ragged_rows` is dynamic"),
    ("ragged", ROWS | {"lengths": "tensor<?xindex>"}, "invalid to have static value for dimension 1 of result"),
    ("ragged", {"lengths": "tensor<1xindex>"}, "expected shape of `column_lengths` to be static and greater than 1"),
    ("ragged", {"lengths": "tensor<5xindex>"}, "i.e. the `ragged_dim`, to be static and equal to 4"),
    ("ragged", {"result": f"tensor<4x3x2x5xf32, {ENCODED.format(1)}>"}, "expected dimension 2 of result, i.e. `ragged_dim` + 1, to be dynamic"),
    ("ragged", {"source": "tensor<?x?x5xf32>"}, "expected dimension 0 of result to be dynamic"),
    ("ragged", {"source": "tensor<4x?x6xf32>"}, "dimension 3 of result to match the shape of dimension 2 of source, but got 5 and 6"),
    ("ragged", {"dims": ""}, "specified for source, expected 1 values, got 0"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "changes", "message"), CASES)
def test_what_breaks_a_rule_is_refused(kind: str, changes: dict[str, str], message: str) -> None:
    assert message in outcome(kind, **changes)
