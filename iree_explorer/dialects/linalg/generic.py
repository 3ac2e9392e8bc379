"""`linalg.generic` and the ops that only stand in regions of structured ops.

Source of all facts: MLIR LinalgStructuredOps.td, LinalgOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import AffineMapAttr, ArrayAttr, DictionaryAttr, IndexType, IntegerAttr, StringAttr, i64
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.ir.affine import AffineMap
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    irdl_to_attr_constraint,
    opt_prop_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import IsTerminator, Pure, ReturnLike
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.linalg.attributes import IteratorType, IteratorTypeAttr
from iree_explorer.dialects.linalg.structured import (
    LinalgEffects,
    LinalgOp,
    LinalgSpeculatability,
    parse_ins_outs,
    print_ins_outs,
    verify_structured,
)
from iree_explorer.ir.assembly.region_syntax import parse_optional_arrow_types, print_optional_arrow_types
from iree_explorer.ir.attribute_parts import parse_attribute_of
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import element_type


@irdl_op_definition
class YieldOp(IRDLOperation):
    """Ends the region of a structured op: one value per output."""

    name = "linalg.yield"
    values = var_operand_def(AnyAttr())
    assembly_format = "attr-dict ($values^ `:` type($values))?"
    traits = traits_def(IsTerminator(), ReturnLike(), Pure())

    def __init__(self, *values: SSAValue | Operation):
        super().__init__(operands=[values])

    @override
    def verify_(self) -> None:
        parent = self.parent_op()
        if parent is None or len(parent.regions) != 1:
            raise VerifyException("expected single non-empty parent region")
        if not isinstance(parent, LinalgOp):
            raise VerifyException("expected parent op with LinalgOp interface")
        outputs = parent.output_operands()
        if len(self.values) != len(outputs):
            raise VerifyException(
                f"expected number of yield values ({len(self.values)}) to match the number of inits / outs operands of "
                f"the enclosing LinalgOp ({len(outputs)})"
            )
        for index, (value, output) in enumerate(zip(self.values, outputs, strict=True)):
            if value.type != (expected := element_type(output.type)):
                raise VerifyException(
                    f"type of yield operand {index + 1} ('{value.type}') doesn't match the element type of the "
                    f"enclosing linalg.generic op ('{expected}')"
                )


@irdl_op_definition
class IndexOp(IRDLOperation):
    """The counter of a loop of the structured op around."""

    name = "linalg.index"
    dim = prop_def(IntegerAttr.constr(type=i64))
    result = result_def(IndexType())
    assembly_format = "$dim attr-dict `:` type($result)"
    traits = traits_def(Pure())

    def __init__(self, dim: int):
        super().__init__(properties={"dim": IntegerAttr(dim, i64)}, result_types=[IndexType()])

    @override
    def verify_(self) -> None:
        dim = self.dim.value.data
        if dim < 0:
            rule = "64-bit signless integer attribute whose minimum value is 0"
            raise VerifyException(f"attribute 'dim' failed to satisfy constraint: {rule}")
        parent = self.parent_op()
        if not isinstance(parent, LinalgOp):
            raise VerifyException("expected parent op with LinalgOp interface")
        loops = len(parent.iterators())
        if dim >= loops:
            words = f"expected dim ({dim}) to be lower than the number of loops ({loops}) of the enclosing LinalgOp"
            raise VerifyException(words)


_INHERENT = ("doc", "indexing_maps", "iterator_types", "library_call")


@irdl_op_definition
class GenericOp(IRDLOperation, LinalgOp):
    """A structured op of which all is written down: maps, iterators and region."""

    name = "linalg.generic"
    inputs = var_operand_def(AnyAttr())
    outputs = var_operand_def(AnyAttr())
    indexing_maps = prop_def(ArrayAttr[AffineMapAttr])
    iterator_types = prop_def(ArrayAttr[IteratorTypeAttr])
    doc = opt_prop_def(StringAttr)
    library_call = opt_prop_def(StringAttr)
    result_tensors = var_result_def(AnyAttr())
    region = region_def()
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(SingleBlockImplicitTerminator(YieldOp), LinalgEffects(), LinalgSpeculatability())

    @override
    def input_operands(self) -> Sequence[SSAValue]:
        return self.inputs

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.outputs

    @override
    def maps(self) -> Sequence[AffineMap]:
        return [map_.data for map_ in self.indexing_maps]

    @override
    def iterators(self) -> Sequence[str]:
        return [iterator.data.value for iterator in self.iterator_types]

    @override
    def verify_(self) -> None:
        verify_structured(self)

    @classmethod
    @override
    def parse(cls, parser: Parser) -> GenericOp:
        position = parser.pos
        trait = parse_attribute_of(parser, DictionaryAttr)
        attributes = dict(trait.data)
        properties = {name: attributes.pop(name) for name in _INHERENT if name in attributes}
        properties["iterator_types"] = _iterator_types(parser, properties.get("iterator_types"), position)
        _check_maps(parser, trait.data.get("indexing_maps"))
        operands = parse_ins_outs(parser)
        if parser.parse_optional_keyword("attrs") is not None:
            parser.parse_punctuation("=")
            attributes.update(parser.parse_optional_attr_dict())
        region = parser.parse_region()
        return cls.build(
            operands=[operands.inputs, operands.outputs],
            result_types=[parse_optional_arrow_types(parser)],
            regions=[region],
            properties=properties,
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" {")
        shown = [(name, self.properties[name]) for name in _INHERENT if name in self.properties]
        for index, (name, value) in enumerate(shown):
            printer.print_string(", " if index else "")
            printer.print_string(f"{name} = ")
            if name == "iterator_types":
                # In the text an iterator type is a plain string.
                value = ArrayAttr(StringAttr(iterator) for iterator in self.iterators())
            printer.print_attribute(value)
        printer.print_string("}")
        print_ins_outs(printer, self)
        if self.attributes:
            # MLIR leaves two blanks here.
            printer.print_string(" attrs = ")
            printer.print_op_attributes(self.attributes)
        printer.print_string(" ")
        printer.print_region(self.region)
        print_optional_arrow_types(printer, self.result_types)


_MAPS = irdl_to_attr_constraint(ArrayAttr[AffineMapAttr])


def _check_maps(parser: Parser, maps: Attribute | None) -> None:
    """MLIR: LinalgOps.cpp, GenericOp::parse looks at inherent attributes as the verifier does, behind the dictionary."""
    if maps is not None and not _MAPS.verifies(maps):
        words = "op attribute 'indexing_maps' failed to satisfy constraint: AffineMap array attribute"
        parser.raise_error(f"custom op 'linalg.generic' 'linalg.generic' {words}")


def _iterator_types(parser: Parser, value: Attribute | None, position: int) -> ArrayAttr[IteratorTypeAttr]:
    """Iterator types as an op stores them, from the strings (or attributes) of the text."""
    if not isinstance(value, ArrayAttr):
        parser.raise_error("custom op 'linalg.generic' expected \"iterator_types\" array attribute", position)
    types: list[IteratorTypeAttr] = []
    for entry in value:
        if isinstance(entry, IteratorTypeAttr):
            types.append(entry)
        elif isinstance(entry, StringAttr) and entry.data in tuple(IteratorType):
            types.append(IteratorTypeAttr(IteratorType(entry.data)))
        else:
            word = entry.data if isinstance(entry, StringAttr) else entry
            parser.raise_error(f"custom op 'linalg.generic' unexpected iterator_type ({word})")
    return ArrayAttr(types)
