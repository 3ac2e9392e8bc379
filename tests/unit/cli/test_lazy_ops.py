"""xDSL's ops that are worked out late are what xDSL makes of them at once."""

import importlib.util
from types import ModuleType

import pytest
import xdsl.irdl
from xdsl.context import Context
from xdsl.dialects import arith, cf, scf
from xdsl.dialects.builtin import Builtin
from xdsl.dialects.test import Test
from xdsl.ir import Dialect, Operation
from xdsl.irdl import IRDLOperation
from xdsl.parser import Parser

from iree_explorer.cli.lazy_ops import define_ops_late
from iree_explorer.cli.main import main

_PROGRAM = """builtin.module {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %true = arith.constant true
  %1 = arith.addi %c0, %c8 : index
  %2 = arith.cmpi slt, %1, %c8 : index
  %3 = arith.select %2, %c0, %c8 : index
  scf.for %4 = %c0 to %c8 step %3 {
    cf.assert %true, "so it is"
  }
}"""


def _late(module: ModuleType) -> ModuleType:
    """A second copy of a module of xDSL, made under `define_ops_late`."""
    spec = importlib.util.find_spec(module.__name__)
    assert spec is not None
    assert spec.loader is not None
    copy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(copy)
    return copy


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> list[Dialect]:
    """The dialects `arith`, `cf` and `scf`, their ops worked out late."""
    monkeypatch.setattr(xdsl.irdl, "irdl_op_definition", xdsl.irdl.irdl_op_definition)  # and put it back afterwards
    define_ops_late()
    return [_late(arith).Arith, _late(cf).Cf, _late(scf).Scf]


def _definition(op: type[Operation]) -> tuple[object, ...]:
    assert issubclass(op, IRDLOperation)
    found = op.get_irdl_definition()
    fields = (found.operands, found.results, found.regions, found.successors)
    names = [[name for name, _ in group] for group in fields]
    kinds = [[type(kind) for _, kind in group] for group in fields]
    traits = sorted(type(trait).__name__ for trait in op.traits)
    return op.name, names, kinds, {*found.properties}, {*found.attributes}, traits, found.options


def test_an_op_is_defined_as_xdsl_defines_it(late: list[Dialect]) -> None:
    ours = [_definition(op) for dialect in late for op in dialect.operations]
    assert ours == [_definition(op) for dialect in (arith.Arith, cf.Cf, scf.Scf) for op in dialect.operations]


def test_a_program_is_read_verified_and_printed_as_by_xdsl(late: list[Dialect]) -> None:
    texts: list[str] = []
    for dialects in (late, [arith.Arith, cf.Cf, scf.Scf]):
        context = Context()
        for dialect in (Builtin, Test, *dialects):
            context.load_dialect(dialect)
        module = Parser(context, _PROGRAM).parse_module()
        module.verify()
        texts.append(str(module))
    assert texts[0] == texts[1]


def test_a_program_that_calls_main_keeps_its_xdsl(capsys: pytest.CaptureFixture[str]) -> None:
    before = xdsl.irdl.irdl_op_definition
    assert main(["opt", "no such file.mlir"]) == 1
    assert "no such file" in capsys.readouterr().err
    assert xdsl.irdl.irdl_op_definition is before
