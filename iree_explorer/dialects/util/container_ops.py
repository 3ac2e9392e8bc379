"""Lists, strings and status codes. IREE: UtilOps.td, OpGroupListOps, OpGroupStringOps and OpGroupStatusOps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import SSAValue
from xdsl.irdl import (
    IRDLOperation,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import AlwaysSpeculatable, MemoryAllocEffect, MemoryReadEffect, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.util.constraints import BUFFER, I32, INDEX, INTEGER_OR_INDEX, LIST, STRING_ARGUMENT
from iree_explorer.dialects.util.directives import ListTypeGet, ListTypeSet, ValueTypeList
from iree_explorer.dialects.util.types import ListType, can_implicitly_cast
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface


@irdl_op_definition
class ListCreateOp(IRDLOperation):
    """An empty list."""

    name = "util.list.create"

    initial_capacity = opt_operand_def(INDEX)
    result = result_def(LIST)

    traits = traits_def(AlwaysSpeculatable(), MemoryAllocEffect())
    assembly_format = "($initial_capacity^)? attr-dict `:` type($result)"


@irdl_op_definition
class ListConstructOp(IRDLOperation):
    """A list of values."""

    name = "util.list.construct"

    values = var_operand_def()
    result = result_def(LIST)

    traits = traits_def(AlwaysSpeculatable(), MemoryAllocEffect())
    custom_directives = (ValueTypeList,)
    assembly_format = "custom<ValueTypeList>($values, type($values)) attr-dict `:` type($result)"

    @override
    def verify_(self) -> None:
        assert isinstance(self.result.type, ListType)
        element = self.result.type.element_type
        for index, value in enumerate(self.values):
            if not can_implicitly_cast(value.type, element):
                raise PlainDefect(f"list[{index}] type '{value.type}' cannot be be cast to list type '{element}'")


@irdl_op_definition
class ListSizeOp(IRDLOperation):
    """How many elements a list has."""

    name = "util.list.size"

    list = operand_def(LIST)
    result = result_def(INDEX)

    traits = traits_def(MemoryReadEffect())
    assembly_format = "operands attr-dict `:` type($list)"


@irdl_op_definition
class ListResizeOp(IRDLOperation):
    """Makes a list longer or shorter."""

    name = "util.list.resize"

    list = operand_def(LIST)
    new_size = operand_def(INDEX)

    traits = traits_def(MemoryWriteEffect())
    assembly_format = "operands attr-dict `:` type($list)"


@irdl_op_definition
class ListGetOp(IRDLOperation):
    """An element of a list."""

    name = "util.list.get"

    list = operand_def(LIST)
    index = operand_def(INDEX)
    result = result_def()

    traits = traits_def(MemoryReadEffect())
    custom_directives = (ListTypeGet,)
    assembly_format = "$list `[` $index `]` attr-dict `:` custom<ListTypeGet>(type($list), type($result))"

    @override
    def verify_(self) -> None:
        assert isinstance(self.list.type, ListType)
        element = self.list.type.element_type
        if not can_implicitly_cast(element, self.result.type):
            raise PlainDefect(f"list contains '{element}' and cannot be accessed as '{self.result.type}'")


@irdl_op_definition
class ListSetOp(IRDLOperation):
    """Sets an element of a list."""

    name = "util.list.set"

    list = operand_def(LIST)
    index = operand_def(INDEX)
    value = operand_def()

    traits = traits_def(MemoryWriteEffect())
    custom_directives = (ListTypeSet,)
    assembly_format = "$list `[` $index `]` `,` $value attr-dict `:` custom<ListTypeSet>(type($list), type($value))"

    @override
    def verify_(self) -> None:
        assert isinstance(self.list.type, ListType)
        element = self.list.type.element_type
        if not can_implicitly_cast(self.value.type, element):
            raise PlainDefect(f"list contains '{element}' and cannot be mutated as '{self.value.type}'")


@irdl_op_definition
class StringFormatOp(IRDLOperation, OpAsmOpInterface):
    """A text with values in its gaps."""

    name = "util.string.format"

    format = prop_def(StringAttr)
    args = var_operand_def(STRING_ARGUMENT)
    result = result_def(BUFFER)

    traits = traits_def(Pure())
    assembly_format = "$format `(` $args `)` attr-dict `:` functional-type($args, $result)"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        # IREE: UtilOps.cpp, StringFormatOp::getAsmResultNames; N for a gap, at most 32 characters and what follows a gap
        name = ""
        for part in _FORMAT_PART.finditer(self.format.data):
            if len(name) >= 32:
                break
            if part.lastgroup == "gap":
                name += "N"
            elif part.lastgroup == "character":
                name += re.sub(r"[^A-Za-z0-9_]", "", re.sub(r"[./-]", "_", part[0]))
        yield self.result, name or "formatted"

    @override
    def verify_(self) -> None:
        # IREE: UtilOps.cpp, StringFormatOp::verify
        gaps: list[str] = []
        for part in _FORMAT_PART.finditer(self.format.data):
            if part.lastgroup == "gap":
                gaps.append(part[0][1:-1])
            elif part.lastgroup == "open":
                raise VerifyException("unclosed '{' in format string")
            elif part.lastgroup == "close":
                raise VerifyException("unmatched '}' in format string")
        _verify_gaps(gaps, len(self.args))


_FORMAT_PART = re.compile(
    r"(?P<escaped>\{\{|\}\})|(?P<gap>\{[^}]*\})|(?P<open>\{)|(?P<close>\})|(?P<character>.)", re.DOTALL
)
"""A piece of a format string: `{{`, `}}`, a gap `{}` or `{N}`, a brace that fits nothing, any other character."""


def _verify_gaps(gaps: list[str], count: int) -> None:
    for gap in gaps:
        if gap and not gap.isdecimal():
            raise VerifyException(f"invalid placeholder '{{{gap}}}' in format string; expected '{{}}' or '{{N}}'")
    if any(gaps) and not all(gaps):
        raise VerifyException("cannot mix sequential '{}' and explicit '{N}' placeholders")
    used = {int(gap) for gap in gaps} if any(gaps) else set(range(len(gaps)))
    if used != set(range(count)):
        raise VerifyException(f"format string placeholder count does not match the {count} provided argument(s)")


@irdl_op_definition
class StringItoaOp(IRDLOperation, OpAsmOpInterface):
    """A number as text."""

    name = "util.string.itoa"
    RESULT_NAMES: ClassVar = ("itoa",)

    value = operand_def(INTEGER_OR_INDEX)
    result = result_def(BUFFER)

    traits = traits_def(Pure())
    assembly_format = "$value attr-dict `:` type($value) `->` type($result)"


@irdl_op_definition
class StatusCheckOkOp(IRDLOperation):
    """Stops the program where a status is an error."""

    name = "util.status.check_ok"

    status = operand_def(I32)
    message = opt_prop_def(StringAttr)

    assembly_format = "$status (`,` $message^)? attr-dict"
