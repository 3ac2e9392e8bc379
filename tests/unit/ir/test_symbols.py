from xdsl.dialects.builtin import StringAttr, SymbolRefAttr
from xdsl.ir import Operation

from iree_explorer.ir.symbols import lookup_symbol, nearest_symbol_table, settled, symbol_in, symbol_name
from iree_explorer.syntax import parse

TEXT = """\
util.global private @state : i32
stream.executable private @ex {
  stream.executable.export public @kernel
  builtin.module {
    util.global private @state : i64
    func.func @kernel() {
      return
    }
  }
}
util.func private @f() {
  util.return
}
"""


def parts() -> tuple[Operation, Operation, Operation, Operation, Operation]:
    """The module, its global, the executable, its export and the function in it."""
    module = parse(TEXT).op
    state, executable, _ = module.ops
    export, inner, _ = executable.regions[0].block.ops
    kernel = inner.regions[0].block.last_op
    assert kernel is not None
    return module, state, executable, export, kernel


def test_names() -> None:
    module, state, executable, export, kernel = parts()
    assert [symbol_name(op) for op in (module, state, executable, export, kernel)] == [
        None,
        "state",
        "ex",
        "kernel",
        "kernel",
    ]


def test_the_nearest_table_decides() -> None:
    module, state, executable, export, kernel = parts()
    assert nearest_symbol_table(state) is module
    assert nearest_symbol_table(executable) is executable
    found = lookup_symbol(state, SymbolRefAttr("state"))
    assert found is state
    nested = lookup_symbol(kernel.regions[0].block.ops.first or kernel, SymbolRefAttr("state"))
    assert nested is not None
    assert nested is not state
    assert nested.parent is kernel.parent
    assert lookup_symbol(kernel, SymbolRefAttr("ex")) is None
    assert lookup_symbol(state, SymbolRefAttr("ex", ["kernel"])) is export
    assert lookup_symbol(state, SymbolRefAttr("ex", ["gone"])) is None
    assert lookup_symbol(state, SymbolRefAttr("state", ["kernel"])) is None


def test_changes_are_seen() -> None:
    module, state, *_ = parts()
    assert symbol_in(module, "state") is state
    state.properties["sym_name"] = StringAttr("renamed")
    assert symbol_in(module, "state") is None
    assert symbol_in(module, "renamed") is state
    state.detach()
    assert symbol_in(module, "renamed") is None
    assert lookup_symbol(module, SymbolRefAttr("renamed")) is None


def test_a_settled_table_is_scanned_anew_once_and_then_trusted() -> None:
    module, state, *_ = parts()
    assert symbol_in(module, "other") is None
    state.properties["sym_name"] = StringAttr("other")
    with settled(module):
        assert symbol_in(module, "other") is state
        assert symbol_in(module, "state") is None
    state.properties["sym_name"] = StringAttr("state")
    assert symbol_in(module, "state") is state
