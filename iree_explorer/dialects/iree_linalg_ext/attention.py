"""Ops of `iree_linalg_ext` around attention: `attention`, `online_attention`, `exp_reduction`, and `custom_op`.

Source of all facts: IREE LinalgExtOps.td; of the rules: the ops' verify in LinalgExtOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import AffineMapAttr, ArrayAttr, DenseArrayBase, DictionaryAttr, i64
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    var_operand_def,
    var_result_def,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.definition import irdl_op_definition
from iree_explorer.dialects.format_directives import PropDictOfTwo
from iree_explorer.dialects.iree_linalg_ext.base import IteratorTypeAttr, LinalgExtOp, only_block, yielded
from iree_explorer.dialects.type_constraints import ANY_RANKED_TENSOR, ANY_SHAPED, TypeIs, is_float, shape_of

ANY_FLOAT = TypeIs("floating-point", is_float)
MAPS = ArrayAttr[AffineMapAttr]


class AttentionLikeOp(LinalgExtOp):
    """Queries against keys, the scores' softmax times values; the region changes a score before the softmax."""

    def mapped_operands(self) -> Sequence[SSAValue]:
        """The operands that `indexing_maps` has a map for, in its order."""
        raise NotImplementedError

    @override
    def verify_(self) -> None:
        self.verify_results()
        maps = self.properties["indexing_maps"]
        assert isinstance(maps, ArrayAttr)
        operands = self.mapped_operands()
        if len(maps) != len(operands):
            raise VerifyException("expected an indexing map for each operand")
        for index, (operand, map_) in enumerate(zip(operands, maps, strict=True)):
            assert isinstance(map_, AffineMapAttr)
            rank = len(shape_of(operand.type) or ())
            if len(map_.data.results) != rank:
                raise VerifyException(
                    f"Rank Mismatch for operand #{index}. Expected: {len(map_.data.results)} Got: {rank}"
                )
            if map_.data.num_dims != maps.data[0].data.num_dims:
                raise VerifyException(f"Mismatched map domain for operand #{index}.")
        block = only_block(self.regions[0])
        if len(block.args) != 1:
            raise VerifyException("expects single block argument for score")
        if not is_float(block.args[0].type):
            raise VerifyException("block argument 0 should be float")
        if len(yielded(self.regions[0])) != 1:
            raise VerifyException("expected only one return")


@irdl_op_definition
class AttentionOp(AttentionLikeOp):
    """Attention as a whole."""

    name = "iree_linalg_ext.attention"
    query = operand_def(ANY_SHAPED)
    key = operand_def(ANY_SHAPED)
    value = operand_def(ANY_SHAPED)
    scale = operand_def(ANY_FLOAT)
    mask = opt_operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    indexing_maps = prop_def(MAPS)
    decomposition_config = opt_prop_def(DictionaryAttr)
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    custom_directives = (PropDictOfTwo,)
    assembly_format = (
        "custom<PropDictOfTwo>($indexing_maps, $decomposition_config) attr-dict "
        "`ins` `(` $query `,` $key `,` $value `,` $scale (`,` $mask^)? "
        "`:` type($query) `,` type($key) `,` type($value) `,` type($scale) (`,` type($mask)^)? `)` "
        "`outs` `(` $output `:` type($output) `)` $region (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return (self.output,)

    @override
    def mapped_operands(self) -> Sequence[SSAValue]:
        return self.operands


@irdl_op_definition
class OnlineAttentionOp(AttentionLikeOp):
    """Attention over one part of the keys, with the running maximum and sum of the softmax."""

    name = "iree_linalg_ext.online_attention"
    query = operand_def(ANY_SHAPED)
    key = operand_def(ANY_SHAPED)
    value = operand_def(ANY_SHAPED)
    scale = operand_def(ANY_FLOAT)
    mask = opt_operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    max = operand_def(ANY_SHAPED)
    sum = operand_def(ANY_SHAPED)
    indexing_maps = prop_def(MAPS)
    decomposition_config = opt_prop_def(DictionaryAttr)
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    custom_directives = (PropDictOfTwo,)
    assembly_format = (
        "custom<PropDictOfTwo>($indexing_maps, $decomposition_config) attr-dict "
        "`ins` `(` $query `,` $key `,` $value `,` $scale (`,` $mask^)? "
        "`:` type($query) `,` type($key) `,` type($value) `,` type($scale) (`,` type($mask)^)? `)` "
        "`outs` `(` $output `,` $max `,` $sum `:` type($output) `,` type($max) `,` type($sum) `)` "
        "$region (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.output, self.max, self.sum

    @override
    def mapped_operands(self) -> Sequence[SSAValue]:
        return self.operands


@irdl_op_definition
class ExpReductionOp(LinalgExtOp):
    """A reduction whose running values are rescaled by a softmax's maximum."""

    name = "iree_linalg_ext.exp_reduction"
    inputs = var_operand_def(ANY_RANKED_TENSOR)
    outputs = var_operand_def(ANY_RANKED_TENSOR)
    indexing_maps = prop_def(MAPS)
    iterator_types = prop_def(ArrayAttr[IteratorTypeAttr])
    exp_reduced_operands = prop_def(DenseArrayBase.constr(i64))
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    assembly_format = (
        "`{` `indexing_maps` `=` $indexing_maps `,` `iterator_types` `=` $iterator_types `,` "
        "`exp_reduced_operands` `=` $exp_reduced_operands `}` attr-dict "
        "`ins` `(` $inputs `:` type($inputs) `)` `outs` `(` $outputs `:` type($outputs) `)` "
        "$region (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.outputs


@irdl_op_definition
class CustomOp(LinalgExtOp):
    """Any computation over loops; the region works on tiles."""

    name = "iree_linalg_ext.custom_op"
    inputs = var_operand_def(AnyAttr())
    outputs = var_operand_def(ANY_RANKED_TENSOR)
    indexing_maps = prop_def(MAPS)
    iterator_types = prop_def(ArrayAttr[IteratorTypeAttr])
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    assembly_format = (
        "`{` `indexing_maps` `=` $indexing_maps `,` `iterator_types` `=` $iterator_types `}` attr-dict-with-keyword "
        "(`ins` `(` $inputs^ `:` type($inputs) `)`)? (`outs` `(` $outputs^ `:` type($outputs) `)`)? "
        "$region (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.outputs
