"""The names of values and blocks; the expected ones are those that `iree-opt` prints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Operation

from iree_explorer.syntax import parse
from iree_explorer.syntax.printing.names import Names, sanitized


def function_in(text: str) -> tuple[Operation, Operation]:
    """The module of a text, and the function that is all of it."""
    module = parse(text, "f", allow_unregistered=True).op
    [function] = module.body.block.ops
    return module, function


def names_of(text: str, *, generic: bool = False) -> list[str]:
    """The names in a function, in the order of the text: of each block its own, its arguments', its results'."""
    module, function = function_in(text)
    names = Names.of(module, generic=generic)
    return _names_in(function, names)


def _names_in(op: Operation, names: Names) -> list[str]:
    found = [names.values[id(result)] for result in op.results]
    for region in op.regions:
        for block in region.blocks:
            found += [names.blocks[block], *(names.values[id(argument)] for argument in block.args)]
            for inner in block.ops:
                found += _names_in(inner, names)
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("%a = arith.addi %x, %x : i32", "^bb0 %arg0 %0", id="names of the text are forgotten"),
        pytest.param(
            "%a = arith.constant 1 : i32\n%b = arith.constant 1 : index\n%c = arith.constant true",
            "^bb0 %arg0 %c1_i32 %c1 %true",
            id="ops name their results",
        ),
        pytest.param(
            "%a = arith.constant 1 : index\n%b = arith.constant 1 : index\n%c = arith.constant 2 : index\n"
            "%d = arith.constant 2 : index",
            "^bb0 %arg0 %c1 %c1_0 %c2 %c2_1",
            id="one counter for what is taken, whatever the name",
        ),
        pytest.param(
            'cf.br ^b(%x : i32)\n^b(%y: i32):\n%z = "x.y"(%y) : (i32) -> i32',
            "^bb0 %arg0 ^bb1 %0 %1",
            id="arguments of other blocks are numbered as results are",
        ),
        pytest.param(
            '%a = "x.y"() ({\n%b = "x.y"() : () -> i32\n}, {\n%c = "x.y"() : () -> i32\n}) : () -> i32\n'
            '%d = "x.y"() : () -> i32',
            "^bb0 %arg0 %0 ^bb0 %2 ^bb0 %2 %1",
            id="regions side by side go on where the one around them ends",
        ),
        pytest.param(
            '"x.y"() ({\n^a(%b: i32):\n"x.z"() ({\n^a(%c: i32):\n}) : () -> ()\n}) : () -> ()',
            "^bb0 %arg0 ^bb0 %arg1 ^bb0 %arg2",
            id="arguments are numbered through",
        ),
        pytest.param(
            '"x.y"() ({\n%a = arith.constant 1 : index\n}, {\n%a = arith.constant 1 : index\n}) : () -> ()\n',
            "^bb0 %arg0 ^bb0 %c1 ^bb0 %c1",
            id="regions side by side may use one name",
        ),
        pytest.param('%a:3 = "x.y"() : () -> (i32, i32, i32)', "^bb0 %arg0 %0#0 %0#1 %0#2", id="a pack"),
        pytest.param(
            "%a, %b = arith.mulsi_extended %x, %x : i32",
            "^bb0 %arg0 %low %high",
            id="results named by their definition",
        ),
    ],
)
def test_names_are_those_of_the_real_tool(body: str, expected: str) -> None:
    end = "" if body.endswith("return") else "\nutil.return"
    assert names_of(f"util.func @f(%x: i32) {{\n{body}{end}\n}}") == expected.split()


def test_in_generic_form_no_op_names_its_values() -> None:
    text = (
        "util.func @f() {\n%a = arith.constant 1 : index\n%b, %c = arith.mulsi_extended %a, %a : index\nutil.return\n}"
    )
    assert names_of(text, generic=True) == ["^bb0", "%0", "%1#0", "%1#1"]


def test_packs_are_cut_where_an_op_names_a_result() -> None:
    resource = "!stream.resource<transient>{%n}"
    module, function = function_in(
        "util.func @f(%r: !stream.resource<transient>, %n: index, %c: i8) {\n"
        f"%a:2, %t = stream.async.execute with(%r as %x: {resource}) -> (%r as {resource}, {resource}) {{\n"
        f"%s = stream.async.splat %c : i8 -> {resource}\nstream.yield %x, %s : {resource}, {resource}\n"
        "} => !stream.timepoint\nutil.return\n}"
    )
    names = Names.of(module)
    execute = next(op for op in function.walk() if op.name == "stream.async.execute")
    assert names.packs[execute] == [("%results", 2), ("%result_timepoint", 1)]
    assert [names.values[id(r)] for r in execute.results] == ["%results#0", "%results#1", "%result_timepoint"]


def test_a_function_that_changed_is_named_again_as_it_would_be_in_the_whole() -> None:
    module, function = function_in(
        "util.func @f(%x: i32) {\n%a = arith.addi %x, %x : i32\n%b = arith.muli %a, %a : i32\nutil.return\n}"
    )
    names = Names.of(module)
    first = function.regions[0].block.first_op
    assert first is not None
    function.regions[0].block.insert_op_before(first.clone(), first)
    names.rename(function)
    assert _names_in(function, names) == _names_in(function, Names.of(module)) == ["^bb0", "%arg0", "%0", "%1", "%2"]


def test_an_op_that_takes_the_place_of_another_in_memory_has_all_its_names() -> None:
    module, function = function_in(
        "util.func @f(%x: i32) {\n%a, %b = arith.mulsi_extended %x, %x : i32\nutil.return\n}"
    )
    names = Names.of(module)
    first = function.regions[0].block.first_op
    assert first is not None
    new = first.clone()
    function.regions[0].block.insert_op_before(new, first)
    names.values[id(new.results[0])] = "%gone"
    names.extend(function)
    assert _names_in(function, names) == ["^bb0", "%arg0", "%low_0", "%high_1", "%low", "%high"]
    assert new in names.packs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain", "plain"),
        ("a.b-c$d_9", "a.b-c$d_9"),
        ("9", "_9"),
        ("a b", "a_b"),
        ("a/b", "a2Fb"),
        ("é", "C3A9"),
        ("1/2", "_12F2"),
    ],
)
def test_what_may_not_stand_in_a_name_is_replaced(name: str, expected: str) -> None:
    assert sanitized(name) == expected


@given(st.text(st.characters(codec="utf-8"), max_size=8))
def test_names_that_begin_with_a_letter_can_be_read_again(name: str) -> None:
    safe = sanitized(f"a{name}")
    assert sanitized(safe) == safe
    assert parse(f'%{safe} = "x.y"() : () -> i32', "f", allow_unregistered=True)
