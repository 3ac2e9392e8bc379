"""Assembly formats are compiled late, but each of them is right."""

import pytest
from xdsl.ir import Operation
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import FormatProgram

from iree_explorer.dialects import dialect_names, make_context


@pytest.mark.parametrize("dialect", dialect_names())
def test_every_assembly_format_compiles(dialect: str) -> None:
    found = make_context().get_optional_dialect(dialect)
    assert found is not None
    for op in found.operations:
        compile_format(op)


def compile_format(op: type[Operation]) -> None:
    if issubclass(op, IRDLOperation):
        definition = op.get_irdl_definition()
        if definition.assembly_format is not None:
            FormatProgram.from_str(definition.assembly_format, definition)
