"""What becomes of the inherent attributes `<{…}>` of an op in generic form."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects.builtin import DenseArrayBase, DictionaryAttr, i32
from xdsl.ir import Attribute
from xdsl.irdl import AttrSizedOperandSegments, IRDLOperation
from xdsl.irdl.operations import OpDef

from iree_explorer.ir.attribute_constraints import is_stored
from iree_explorer.ir.operands import sizes_attr
from iree_explorer.syntax.printing.in_errors import attribute_in_error

_SEGMENTS = AttrSizedOperandSegments.attribute_name


class PropertyError(ValueError):
    """An op has no property of such a kind."""


def stored_properties(kind: type[IRDLOperation], written: Mapping[str, Attribute]) -> dict[str, Attribute]:
    """The properties of an op: those of the written attributes that it has fields for.

    MLIR: OpDefinitionsGen.cpp, setPropertiesFromAttr; Operation.cpp.

    Raises:
        PropertyError: a field cannot hold what is written.
    """
    definition = kind.get_irdl_definition()
    defect = _defect(definition, written)
    if defect:
        text = attribute_in_error(DictionaryAttr(dict(written)))
        raise PropertyError(f"invalid properties {text} for op {definition.name}: {defect}")
    return {name: value for name, value in written.items() if name in definition.properties or name == _SEGMENTS}


def default_segments(definition: OpDef) -> dict[str, Attribute]:
    """What an op that says nothing of how many operands each group has is taken to say: none."""
    segmented = any(isinstance(option, AttrSizedOperandSegments) for option in definition.options)
    return {_SEGMENTS: sizes_attr(*[0] * len(definition.operands))} if segmented else {}


def _defect(definition: OpDef, written: Mapping[str, Attribute]) -> str:
    segmented = bool(default_segments(definition))
    if not definition.properties and not segmented:
        return "this operation has empty properties" if written else ""
    for name, field in definition.properties.items():
        value = written.get(name)
        if value is not None and name != _SEGMENTS and not is_stored(field.constr, value):
            return f"Invalid attribute `{name}` in property conversion: {attribute_in_error(value)}"
    sizes = written.get(_SEGMENTS)
    if not segmented or sizes is None:
        return ""
    if not isinstance(sizes, DenseArrayBase) or sizes.elt_type != i32:
        return f"for `{_SEGMENTS}`: expected DenseI32ArrayAttr"
    found, wanted = len(sizes), len(definition.operands)
    return f"for `{_SEGMENTS}`: size mismatch in attribute conversion: {found} vs {wanted}" if found != wanted else ""
