"""An instruction applied to tiles. IREE: IREECodegenOps.td, IREECodegenOps.cpp, InnerTiledOp::verify."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from typing_extensions import override
from xdsl.dialects.builtin import AffineMapAttr, ArrayAttr, DenseArrayBase, TensorType, VectorType, i64
from xdsl.ir import Attribute
from xdsl.ir.affine import AffineDimExpr, AffineMap
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    RangeOf,
    RangeVarConstraint,
    opt_prop_def,
    prop_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.hints import isa

from iree_explorer.dialects.linalg.attributes import IteratorTypeAttr
from iree_explorer.ir.assembly.format_directives import PropDictOfFive
from iree_explorer.ir.attribute_constraints import AttributeIs
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import TypeIs, shape_of

_INPUTS = {
    "iree_cpu.data_tiled_mma_layout": 2,
    "iree_gpu.data_tiled_mma_layout": 2,
    "iree_gpu.data_tiled_scaled_mma_layout": 4,
    "iree_gpu.mma_layout": 2,
    "iree_gpu.scaled_mma_layout": 4,
    "iree_gpu.virtual_mma_layout": 2,
}
"""What names an instruction → how many inputs it has; it has one output."""
_SEMANTICS = ("iree_cpu.mma_semantics", "iree_gpu.mma_semantics")

TENSOR_OR_VECTOR = TypeIs(
    "ranked tensor or vector of any non-token type values", lambda type_: isinstance(type_, TensorType | VectorType)
)
MAPS = AttributeIs("indexing affine maps", lambda attribute: isa(attribute, ArrayAttr[AffineMapAttr]), stored=ArrayAttr)
ITERATORS = AttributeIs(
    "Iterator type should be an enum.", lambda attribute: isa(attribute, ArrayAttr[IteratorTypeAttr]), stored=ArrayAttr
)
KIND = AttributeIs("buffer-like constant attribute values", lambda attribute: attribute.name in _INPUTS, stored=None)
SEMANTICS = AttributeIs(
    "Attribute implementing InnerTiledSemanticsAttrInterface",
    lambda attribute: attribute.name in _SEMANTICS,
    stored=None,
)
PERMUTATIONS = AttributeIs(
    "permutations",
    lambda attribute: (
        isa(attribute, ArrayAttr[DenseArrayBase]) and all(numbers.elt_type == i64 for numbers in attribute)
    ),
    stored=ArrayAttr,
)


@irdl_op_definition
class InnerTiledOp(IRDLOperation):
    """Runs an instruction for each point of the outer dimensions, on the tiles that the inner dimensions are."""

    name = "iree_codegen.inner_tiled"

    T: ClassVar = RangeVarConstraint("T", RangeOf(TENSOR_OR_VECTOR))

    inputs = var_operand_def(TENSOR_OR_VECTOR)
    outputs = var_operand_def(T)
    indexing_maps = prop_def(MAPS)
    iterator_types = prop_def(ITERATORS)
    kind = prop_def(KIND)
    semantics = prop_def(SEMANTICS)
    permutations = opt_prop_def(PERMUTATIONS)
    results_ = var_result_def(T)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (PropDictOfFive,)
    assembly_format = (
        "`ins` `(` $inputs `)` `outs` `(` $outputs `)` "
        "custom<PropDictOfFive>($indexing_maps, $iterator_types, $kind, $semantics, $permutations) "
        "attr-dict `:` type($inputs) `into` type($outputs)"
    )

    @override
    def verify_(self) -> None:
        # Differs: whether tiles fit the instruction is not checked.
        self._verify_counts()
        maps = [each.data for each in cast("ArrayAttr[AffineMapAttr]", self.indexing_maps)]
        for number, (map_, type_) in enumerate(zip(maps, self.operand_types, strict=True)):
            self._verify_map(number, map_, type_)
        self._verify_bounds(maps)
        self._verify_permutations(maps)

    def _verify_counts(self) -> None:
        for what, operands, wanted in (("inputs", self.inputs, _INPUTS[self.kind.name]), ("outputs", self.outputs, 1)):
            if len(operands) != wanted:
                raise VerifyException(
                    f"number of {what} ({len(operands)}) doesn't match expected number from kind ({wanted})"
                )
        kind, semantics = (each.name.partition(".")[0] for each in (self.kind, self.semantics))
        if kind != semantics:
            raise VerifyException(
                f"kind attribute (dialect '{kind}') and semantics attribute (dialect '{semantics}') "
                "must use the same dialect namespace"
            )
        if len(cast("ArrayAttr[AffineMapAttr]", self.indexing_maps)) != len(self.operands):
            raise VerifyException("expected an indexing map for each operand")

    def _verify_map(self, number: int, map_: AffineMap, type_: Attribute) -> None:
        rank, iterators = len(shape_of(type_) or ()), len(cast("ArrayAttr[Attribute]", self.iterator_types))
        if map_.num_symbols:
            raise VerifyException(f"expected indexing map {number} to have no symbols")
        if map_.num_dims != iterators:
            raise VerifyException(f"expected indexing map {number} to have {iterators} input dims")
        if len(map_.results) >= rank:
            raise VerifyException(f"expected indexing map {number} to have fewer than {rank} results")
        if not all(isinstance(result, AffineDimExpr) for result in map_.results) or len(set(map_.results)) < len(
            map_.results
        ):
            raise VerifyException(f"expected indexing map {number} to be a projected permutation")

    def _verify_bounds(self, maps: list[AffineMap]) -> None:
        bounds: dict[object, int] = {}
        for map_, type_ in zip(maps, self.operand_types, strict=True):
            for result, size in zip(map_.results, shape_of(type_) or (), strict=False):
                if bounds.setdefault(result, size) != size:
                    raise VerifyException("shape does not match iteration bounds")

    def _verify_permutations(self, maps: list[AffineMap]) -> None:
        if self.permutations is None:
            return
        permutations = cast("ArrayAttr[DenseArrayBase[Any]]", self.permutations)
        if len(permutations) != len(self.operands):
            raise VerifyException(
                f"mismatch between the number of permutations ({len(permutations)}) "
                f"and the number of operands ({len(self.operands)})"
            )
        for number, (numbers, map_, type_) in enumerate(zip(permutations, maps, self.operand_types, strict=True)):
            inner = len(shape_of(type_) or ()) - len(map_.results)
            if len(numbers) != inner:
                raise VerifyException(
                    f"permutation #{number} length {len(numbers)} does not match the inner rank {inner} "
                    f"of the corresponding operand of type {type_}"
                )
            if sorted(numbers.get_values()) != list(range(inner)):
                raise VerifyException(f"permutation #{number} is not a permutation vector")
