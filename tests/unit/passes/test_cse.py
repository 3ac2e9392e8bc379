"""What counts as the same, and where the first of several may stand for the others."""

import pytest

from iree_explorer import syntax
from iree_explorer.errors import PassError
from iree_explorer.passes.pipeline import run_pipeline


def _count(text: str, name: str) -> int:
    module = syntax.parse(text, allow_unregistered=True)
    run_pipeline(module, "builtin.module(cse)")
    return sum(1 for op in module.op.walk() if op.name == name)


def _function(body: str) -> str:
    return f"func.func @f(%a: i32, %b: i32, %c: i1, %m: !util.buffer, %n: index) {{\n{body}\n  return\n}}"


USE = '"test.use"({}) : ({}) -> ()'


def _use(*values: str, of: str = "i32") -> str:
    return USE.format(", ".join(values), ", ".join([of] * len(values)))


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        ("arith.addi %a, %b : i32", "arith.addi %a, %b : i32", 1),
        ("arith.addi %a, %b : i32", "arith.addi %b, %a : i32", 1),
        ("arith.addi %a, %b : i32", "arith.addi %a, %a : i32", 2),
        ("arith.addi %a, %b : i32", "arith.addi %a, %b overflow<nsw> : i32", 2),
    ],
)
def test_same(first: str, second: str, left: int) -> None:
    text = _function(f"%0 = {first}\n%1 = {second}\n{_use('%0', '%1')}")
    assert _count(text, "arith.addi") == left


def test_order_of_operands_matters_elsewhere() -> None:
    text = _function(f"%0 = arith.subi %a, %b : i32\n%1 = arith.subi %b, %a : i32\n{_use('%0', '%1')}")
    assert _count(text, "arith.subi") == 2


def test_dead_ops_go() -> None:
    text = _function("%0 = arith.addi %a, %b : i32\n%1 = arith.muli %0, %0 : i32")
    assert _count(text, "arith.muli") == 0


def test_nested_regions_know_what_is_outside_but_not_beside() -> None:
    text = _function(
        f"""
        scf.if %c {{
          %0 = arith.addi %a, %b : i32
          {_use("%0")}
        }} else {{
          %1 = arith.addi %a, %b : i32
          {_use("%1")}
        }}
        %2 = arith.muli %a, %b : i32
        scf.if %c {{
          %3 = arith.muli %a, %b : i32
          {_use("%2", "%3")}
        }}"""
    )
    assert _count(text, "arith.addi") == 2
    assert _count(text, "arith.muli") == 1


def test_blocks_know_what_their_dominators_do() -> None:
    text = f"""
    func.func @f(%a: i32, %c: i1) {{
      %0 = arith.addi %a, %a : i32
      {_use("%0")}
      cf.cond_br %c, ^left, ^right
    ^left:
      %1 = arith.addi %a, %a : i32
      %2 = arith.muli %a, %a : i32
      {_use("%1", "%2")}
      return
    ^right:
      %3 = arith.muli %a, %a : i32
      {_use("%3")}
      return
    }}"""
    assert _count(text, "arith.addi") == 1
    assert _count(text, "arith.muli") == 2


READ = "util.buffer.load %m[%n for %n] : !util.buffer{%n} -> i32"


def test_reads_with_no_write_between() -> None:
    assert _count(_function(f"%0 = {READ}\n%1 = {READ}\n{_use('%0', '%1')}"), "util.buffer.load") == 1
    write = "util.buffer.store %a, %m[%n for %n] : i32 -> !util.buffer{%n}"
    assert _count(_function(f"%0 = {READ}\n{write}\n%1 = {READ}\n{_use('%0', '%1')}"), "util.buffer.load") == 2
    unknown = '"test.unknown"() : () -> ()'
    assert _count(_function(f"%0 = {READ}\n{unknown}\n%1 = {READ}\n{_use('%0', '%1')}"), "util.buffer.load") == 2


def test_equal_regions() -> None:
    region = "scf.if %c -> (i32) {{ %x = arith.{} %a, %b : i32\n scf.yield %x : i32 }} else {{ scf.yield %a : i32 }}"
    same = _function(f"%0 = {region.format('addi')}\n%1 = {region.format('addi')}\n{_use('%0', '%1')}")
    other = _function(f"%0 = {region.format('addi')}\n%1 = {region.format('muli')}\n{_use('%0', '%1')}")
    assert _count(same, "scf.if") == 1
    assert _count(other, "scf.if") == 2


def test_constants_of_different_types() -> None:
    body = "%0 = arith.constant 1 : i32\n%1 = arith.constant 1 : i32\n%2 = arith.constant 1 : i64\n"
    assert _count(_function(body + _use("%0", "%1") + "\n" + _use("%2", of="i64")), "arith.constant") == 2


def test_zeros_of_both_signs() -> None:
    body = "%0 = arith.constant 0.0 : f32\n%1 = arith.constant -0.0 : f32\n"
    assert _count(_function(body + _use("%0", "%1", of="f32")), "arith.constant") == 2


def test_a_region_that_takes_its_values_in_gets_none_otherwise() -> None:
    made = "stream.async.dispatch @ex::@made(%v) : (i32) -> !stream.resource<external>{%n}"
    text = f"""stream.executable private @ex {{
      stream.executable.export public @made
      builtin.module {{
        func.func @made(%v: i32, %out: !stream.binding) {{ return }}
      }}
    }}
    util.func public @f(%v: i32, %n: index) -> (!stream.resource<external>, !stream.resource<external>, !stream.timepoint) {{
      %0 = {made}
      %1, %t = stream.async.execute with() -> !stream.resource<external>{{%n}} {{
        %2 = {made}
        stream.yield %2 : !stream.resource<external>{{%n}}
      }} => !stream.timepoint
      util.return %0, %1, %t : !stream.resource<external>, !stream.resource<external>, !stream.timepoint
    }}"""
    with pytest.raises(PassError, match=r"'stream\.yield' op used resource not listed in explicit captures") as raised:
        _count(text, "stream.async.dispatch")
    assert raised.value.location is not None
    assert raised.value.location.line == 11
