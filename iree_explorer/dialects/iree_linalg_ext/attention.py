"""Ops of `iree_linalg_ext` around attention: `attention`, `online_attention`, `exp_reduction`, and `custom_op`.

Source of all facts: IREE LinalgExtOps.td; of the rules: the ops' verify in LinalgExtOps.cpp.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    AffineMapAttr,
    ArrayAttr,
    DenseArrayBase,
    DictionaryAttr,
    IndexType,
    TensorType,
    i64,
)
from xdsl.ir import Attribute, SSAValue
from xdsl.ir.affine import AffineDimExpr, AffineExpr, AffineMap
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

from iree_explorer.dialects.iree_linalg_ext.base import IteratorTypeAttr, LinalgExtOp, only_block, yielded
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat
from iree_explorer.ir.assembly.format_directives import PropDictOfTwo
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import (
    ANY_RANKED_TENSOR,
    ANY_SHAPED,
    TypeIs,
    is_float,
    is_signless_integer,
    shape_of,
)

ANY_FLOAT = TypeIs("floating-point", is_float)
MAPS = ArrayAttr[AffineMapAttr]
_NUMBER = "signless integer or index or floating-point"


def _is_number(type_: Attribute) -> bool:
    return isinstance(type_, IndexType) or is_signless_integer(type_) or is_float(type_)


TENSOR_OR_NUMBER = TypeIs(
    f"ranked tensor of {_NUMBER} values or {_NUMBER}",
    lambda type_: _is_number(type_.element_type if isinstance(type_, TensorType) else type_),
)
"""What a `custom_op` takes."""


class AttentionLikeOp(LinalgExtOp, CustomAssemblyFormat):
    """Queries against keys, the scores' softmax times values; the region changes a score before the softmax."""

    @abstractmethod
    def mapped_operands(self) -> Sequence[SSAValue]:
        """The operands that `indexing_maps` has a map for, in its order."""

    @override
    def verify_rules(self) -> None:
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

    @override
    def verify_rules(self) -> None:
        for number in self.exp_reduced_operands.get_values():
            if number == 0:
                raise VerifyException(
                    "operand index in exp_reduced_operands cannot be the 0th operand, it always contains the maximum value"
                )
            if number >= len(self.outputs):
                raise VerifyException(
                    "operand index in exp_reduced_operands must index the outs operands "
                    f"(outs has {len(self.outputs)} operands)"
                )
        if not all(is_projected_permutation(map_.data) for map_ in self.indexing_maps):
            raise VerifyException("all indexing maps must be projected permutations")
        if any(op.name == "linalg.index" for op in only_block(self.region).ops):
            raise VerifyException("linalg.index is not supported in body")


def is_projected_permutation(map_: AffineMap) -> bool:
    """Whether each result is another dimension, or 0. MLIR: AffineMap::isProjectedPermutation, zeros allowed."""
    zero = AffineExpr.constant(0)
    dims = [result for result in map_.results if result != zero]
    are_dims = all(isinstance(result, AffineDimExpr) for result in dims)
    return not map_.num_symbols and are_dims and len(set(dims)) == len(dims) and len(map_.results) <= map_.num_dims


@irdl_op_definition
class CustomOp(LinalgExtOp):
    """Any computation over loops; the region works on tiles."""

    name = "iree_linalg_ext.custom_op"
    inputs = var_operand_def(TENSOR_OR_NUMBER)
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

    @override
    def verify_rules(self) -> None:
        if len(self.indexing_maps) != len(self.operands):
            raise VerifyException(
                f"expected number of indexing maps ({len(self.indexing_maps)}) to be same as the number of "
                f"input/output operands ({len(self.operands)})"
            )
        self._verify_maps()
        self._verify_arguments()
        self._verify_yield()

    def _verify_maps(self) -> None:
        loops, symbols = len(self.iterator_types), None
        for index, (attribute, operand) in enumerate(zip(self.indexing_maps, self.operands, strict=True)):
            map_, rank = attribute.data, len(shape_of(operand.type) or ())
            if map_ == AffineMap(0, 0, ()):
                continue
            if map_.num_dims != loops:
                raise VerifyException(
                    f"expected indexing_map #{index} to have {loops} dim(s) to match the number of loops or be zero"
                )
            symbols = map_.num_symbols if symbols is None else symbols
            if map_.num_symbols != symbols:
                raise VerifyException(
                    f"inconsistent number of symbol dimensions in indexing_map #{index}, expected {symbols} instead of "
                    f"{map_.num_symbols}"
                )
            if len(map_.results) != rank:
                raise VerifyException(
                    f"expected operand rank({rank}) to match the result rank of indexing map #{index}"
                )

    def _verify_arguments(self) -> None:
        arguments = only_block(self.region).arg_types
        if len(arguments) != len(self.operands):
            raise VerifyException(
                f"expected as many basic block arguments ({len(arguments)}) as the number of operands "
                f"({len(self.operands)})"
            )
        for index, (argument, operand) in enumerate(zip(arguments, self.operands, strict=True)):
            type_ = operand.type
            if not isinstance(type_, TensorType):
                if argument != type_:
                    words = "expected corresponding basic block argument to be of the same type"
                    raise VerifyException(f"for (scalar) operand #{index} {words}")
                continue
            if not isinstance(argument, TensorType):
                words = "expected corresponding basic block argument to be tensor as well"
                raise VerifyException(f"for (tensor) operand #{index} {words}")
            wanted = TensorType(type_.element_type, [DYNAMIC_INDEX] * len(type_.get_shape()), type_.encoding)
            if argument != wanted:
                raise VerifyException(
                    f"expected basic block argument corresponding to (tensor) operand #{index} to be '{wanted}' "
                    f"instead of '{argument}'"
                )

    def _verify_yield(self) -> None:
        values, count = yielded(self.region), len(self.outputs)
        if len(values) != count:
            raise VerifyException("expected as many yields as the numbers of `outs` operand")
        arguments = only_block(self.region).arg_types
        for index, (value, wanted) in enumerate(zip(values, arguments[len(arguments) - count :], strict=True)):
            if value.type != wanted:
                raise VerifyException(
                    f"expected type of {index}-th operand of yield to match the corresponding output basic block argument"
                )
