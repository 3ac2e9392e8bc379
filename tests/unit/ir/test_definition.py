"""Classes of ops and their assembly formats are worked out late, but each of them is right."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from typing_extensions import override
from xdsl.dialects.builtin import IndexType, StringAttr, i32
from xdsl.ir import Operation
from xdsl.irdl import AttrSizedOperandSegments, IRDLOperation, opt_prop_def, result_def, traits_def, var_operand_def
from xdsl.irdl.declarative_assembly_format import FormatProgram
from xdsl.traits import IsTerminator, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects import dialect_names, make_context
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.operands import segment_bounds


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


class Named(Operation):
    """What op classes share here: a field, a trait, a rule."""

    label = opt_prop_def(StringAttr)
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        if self.label is not None and self.label.data == "wrong":
            raise VerifyException("no such label")


def new_class() -> Any:
    """A class of which nothing was asked yet."""

    @irdl_op_definition
    class PairOp(IRDLOperation, Named):
        name = "test.pair"

        lhs = var_operand_def(i32)
        rhs = var_operand_def(i32)
        sum = result_def(IndexType)

        irdl_options = (AttrSizedOperandSegments(as_property=True),)
        traits = traits_def(IsTerminator())

    return PairOp


def make(cls: Any) -> Any:
    return cls.build(operands=[[], []], result_types=[IndexType()])


def test_a_class_is_worked_out_by_whatever_is_asked_first() -> None:
    assert new_class().has_trait(Pure)
    assert new_class().has_trait(IsTerminator)
    assert [name for name, _ in new_class().get_irdl_definition().operands] == ["lhs", "rhs"]
    op = make(new_class())
    assert op.sum.type == IndexType()
    assert tuple(op.lhs) == ()
    assert segment_bounds(op) == (0, 0, 0)
    assert op.label is None


def test_a_field_may_be_set_before_anything_is_asked() -> None:
    known = make(new_class())
    op = new_class().create(result_types=[IndexType()], properties=known.properties)
    op.label = StringAttr("left")
    assert op.properties["label"] == StringAttr("left")
    op.verify_()


def test_a_rule_of_a_base_class_holds() -> None:
    op = make(new_class())
    op.label = StringAttr("wrong")
    with pytest.raises(VerifyException, match="no such label"):
        op.verify_()


def test_several_threads_may_ask_first() -> None:
    threads = 8
    for _ in range(20):
        op = new_class().create(result_types=[IndexType()], properties=make(new_class()).properties)
        start = Barrier(threads)

        def ask(place: int, op: Any = op, start: Barrier = start) -> object:
            start.wait()
            return (op.label, tuple(op.lhs), op.has_trait(Pure), op.get_irdl_definition().name)[place % 4]

        with ThreadPoolExecutor(threads) as pool:
            assert [*pool.map(ask, range(threads))] == [None, (), True, "test.pair"] * 2
