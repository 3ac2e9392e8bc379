"""Where values may be used, and where a size is found first."""

from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.analysis.values import InsertionPoint, find_size_value, is_usable_at
from iree_explorer.syntax import Module, parse

R = "!stream.resource<*>"
TEXT = f"""util.func public @main(%arg: {R}, %n: index, %m: index, %flag: i1, %w: {R}) {{
  %a = arith.addi %n, %m : index
  %x = stream.async.clone %arg : {R}{{%n}} -> {R}{{%m}}
  %y = stream.async.clone %arg : {R}{{%a}} -> {R}{{%m}}
  scf.if %flag {{
    %b = arith.muli %n, %m : index
    %z = stream.async.clone %w : {R}{{%b}} -> {R}{{%b}}
  }}
  %s = arith.select %flag, %x, %y : {R}
  %c = arith.constant 1 : i8
  %f = stream.async.fill %c, %s[%n to %m for %n] : i8 -> %s as {R}{{%a}}
  cf.br ^next
^next:
  %late = arith.addi %n, %n : index
  util.return
}}
"""


def at(op: Operation) -> InsertionPoint:
    assert op.parent is not None
    return InsertionPoint(op.parent, op, BlockOrders())


def ops(module: Module, name: str) -> list[Operation]:
    return [op for op in module.op.walk() if op.name == name]


def arguments(module: Module) -> tuple[SSAValue, ...]:
    return tuple(ops(module, "util.func")[0].regions[0].blocks[0].args)


def test_the_op_that_makes_a_resource_is_asked_first() -> None:
    module = parse(TEXT)
    _, _, m, _, _ = arguments(module)
    (select,) = ops(module, "arith.select")
    x, _, _ = ops(module, "stream.async.clone")
    assert find_size_value(x.results[0], at(select)) is m


def test_then_the_user_that_came_last_and_whose_size_is_there() -> None:
    module = parse(TEXT)
    arg, n, _, _, w = arguments(module)
    add, late = ops(module, "arith.addi")
    x, y, z = ops(module, "stream.async.clone")
    assert find_size_value(arg, at(y)) is add.results[0]
    assert find_size_value(arg, at(add)) is n
    assert find_size_value(arg, at(x)) is add.results[0]
    # Only a nested op knows the size of %w, by a value that is not there outside.
    assert find_size_value(w, at(late)) is None
    assert find_size_value(w, at(z)) is ops(module, "arith.muli")[0].results[0]


def test_a_tied_result_speaks_for_its_operand() -> None:
    module = parse(TEXT)
    (fill,) = ops(module, "stream.async.fill")
    (select,) = ops(module, "arith.select")
    add, late = ops(module, "arith.addi")
    assert find_size_value(select.results[0], at(late)) is add.results[0]
    assert find_size_value(fill.results[0], at(late)) is add.results[0]


def test_what_has_no_size_has_none() -> None:
    module = parse(TEXT)
    assert find_size_value(arguments(module)[1], at(ops(module, "arith.select")[0])) is None


def test_a_value_may_be_used_after_its_op_and_deeper() -> None:
    module = parse(TEXT)
    add, late = ops(module, "arith.addi")
    (inner,) = ops(module, "arith.muli")
    (select,) = ops(module, "arith.select")
    assert is_usable_at(add.results[0], at(select))
    assert is_usable_at(add.results[0], at(inner))
    assert is_usable_at(add.results[0], at(late))
    assert not is_usable_at(add.results[0], at(add))
    assert not is_usable_at(inner.results[0], at(select))
    assert not is_usable_at(late.results[0], at(select))


def test_an_op_inserted_later_has_a_place_too() -> None:
    module = parse(TEXT)
    add, _ = ops(module, "arith.addi")
    (select,) = ops(module, "arith.select")
    orders = BlockOrders()
    assert orders.is_before(add, select)
    fresh = add.clone()
    assert select.parent is not None
    select.parent.insert_op_before(fresh, select)
    assert orders.is_before(fresh, select)
    assert orders.is_before(add, fresh)
    assert not orders.is_before(select, fresh)
