from iree_explorer.dialects.scf import IfOp, YieldOp
from iree_explorer.ir.interfaces.control_flow import region_terminator
from iree_explorer.syntax import parse
from tests.unit.dialects.texts import function


def test_the_terminator_of_a_region() -> None:
    text = function("%0 = scf.if %arg0 -> i1 {\n  scf.yield %arg0 : i1\n} else {\n  scf.yield %arg0 : i1\n}", "i1")
    op = next(op for op in parse(text).op.walk() if isinstance(op, IfOp))
    terminator = region_terminator(op.then_region)
    assert isinstance(terminator, YieldOp)
    assert list(terminator.forwarded_operands()) == [op.condition]


def test_an_empty_region_has_no_terminator() -> None:
    op = next(op for op in parse(function("scf.if %arg0 {\n}", "i1")).op.walk() if isinstance(op, IfOp))
    assert region_terminator(op.else_region) is None
