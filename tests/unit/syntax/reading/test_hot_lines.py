"""The short cut for lines like earlier ones builds what their assembly format builds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Operation
from xdsl.utils.exceptions import ParseError, VerifyException

from iree_explorer.dialects import make_context
from iree_explorer.dialects.stream.async_calls import AsyncDispatchOp
from iree_explorer.errors import SourceError
from iree_explorer.syntax import Source, parse, print_module
from iree_explorer.syntax.reading.parser import ModuleParser

HEAD = """\
util.func private @f(%r: !stream.resource<*>, %t: !stream.resource<transient>, %i: i32) {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %p:2 = "x.y"() : () -> (!stream.resource<*>, index)
"""

RANGE = st.sampled_from(["[%c0 to %c4 for %c4]", "[%c0 to %p#1 for %c4]", "[%p#1 to %c4 for %c4]"])

RESOURCES = st.sampled_from(
    [
        ("%r", "!stream.resource<*>{%c4}"),
        ("%t", "!stream.resource<transient>{%p#1}"),
        ("%p#0", "!stream.resource<*>{%c4}"),
        ("%p", "!stream.resource<*>{%c4}"),
    ]
)

# What is odd or wrong now and then: both ways must agree on that too.
ODD = st.sampled_from(
    [
        ("%i", "i32"),
        ("%r", "!stream.resource<transient>{%c4}"),
        ("%gone", "!stream.resource<*>{%c4}"),
        ("%r", "!stream.resource<*>"),
        ("%p#7", "!stream.resource<*>{%c4}"),
        ("%r", "!stream.resource<*>{%i}"),
    ]
)

RESULTS = st.sampled_from(
    [
        "!stream.resource<*>{%c4}",
        "!stream.resource<transient>{%p#1}",
        "%r{%c4}",
        "()",
        "i32",
        "(!stream.resource<*>{%c4}, !stream.resource<*>{%c4})",
        "%r as !stream.resource<*>{%c4}",
    ]
)

OPERANDS = st.one_of(
    st.tuples(RESOURCES, RANGE).map(lambda pair: (pair[0][0] + pair[1], pair[0][1])),
    st.just(("%i", "i32")),
    st.just(("%c4", "index")),
)


@st.composite
def dispatches(draw: st.DrawFn) -> str:
    operands = draw(st.lists(OPERANDS, max_size=3))
    if draw(st.integers(0, 9)) == 0:
        operands.append(draw(ODD))
    affinity = draw(st.sampled_from(["", "on(#hal.device.affinity<@d>) ", "on(#hal.device.affinity<@d, [0, 1]>) "]))
    entry = draw(st.sampled_from(["@ex::@f", "@ex", "@ex::@g", "{@ex::@f, @ex::@g}", '@"e x"::@f']))
    workload = draw(st.sampled_from(["", "[%c4]", "[%c4, %p#1]"]))
    results = draw(RESULTS)
    names = ", ".join(name for name, _ in operands)
    types = ", ".join(type_ for _, type_ in operands)
    end = draw(st.sampled_from(["", "", "", "  // why", ' loc("x")', " "]))
    return f"stream.async.dispatch {affinity}{entry}{workload}({names}) : ({types}) -> {results}{end}\n"


@st.composite
def programs(draw: st.DrawFn) -> str:
    kinds = draw(st.lists(dispatches(), min_size=1, max_size=4))
    lines = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=16))
    result = draw(st.sampled_from(["%{}", "%{}", "%c{}0"]))  # the last as constants are called
    body = [f"  {'' if '-> ()' in line else f'{result.format(index)} = '}{line}" for index, line in enumerate(lines, 1)]
    return HEAD + "".join(body) + "  util.return\n}\n"


def read(text: str, *, short_cuts: bool) -> tuple[Operation, list[int]] | str:
    """The module, with the places of its ops in the order of the text; or the error."""
    parser = ModuleParser(make_context(allow_unregistered=True), Source("f", text), short_cuts=short_cuts)
    try:
        module = parser.parse_module()
    except SourceError as error:
        return str(error)
    except ParseError as error:
        return f"{error.span.start}: {error.msg}"
    except VerifyException as error:
        return f"{parser.op_offset}: {error}"
    return module, [parser.offsets[op] for op in module.walk() if op in parser.offsets]


@given(programs())
def test_the_short_cut_makes_the_same_ops_or_the_same_error(text: str) -> None:
    plain, short = read(text, short_cuts=False), read(text, short_cuts=True)
    if isinstance(plain, str) or isinstance(short, str):
        assert plain == short
        return
    assert plain[0].is_structurally_equivalent(short[0])
    assert plain[1] == short[1]
    for one, other in zip(plain[0].walk(), short[0].walk(), strict=True):
        assert one.properties == other.properties
        assert uses(one) == uses(other)


@given(programs())
def test_the_short_cut_prints_the_same_text(text: str) -> None:
    module = read(text, short_cuts=False)
    if not isinstance(module, str):
        assert print_module(module[0], short_cuts=True) == print_module(module[0], short_cuts=False)


def uses(op: Operation) -> list[list[tuple[str, int]]]:
    """Who uses each result, in the order of the use list."""
    return [[(use.operation.name, use.index) for use in result.uses] for result in op.results]


def shapes_in(body: str) -> list[str]:
    """The names of the ops that the short cut read."""
    parser = ModuleParser(make_context(allow_unregistered=True), Source("f", HEAD + body + "  util.return\n}\n"))
    parser.parse_module()
    return [op.name for op in parser.shapes]


def test_lines_of_a_kind_are_read_by_the_short_cut() -> None:
    line = "stream.async.dispatch @ex(%r[%c0 to %c4 for %c4]) : (!stream.resource<*>{%c4}) -> !stream.resource<*>{%c4}"
    body = "".join([f"  %{index} = {line}\n" for index in range(5)])
    assert shapes_in(body) == ["stream.async.dispatch"] * 2  # the last one stands before another op than the others


@pytest.mark.parametrize(
    "lines",
    [
        "  %{i} = arith.constant 7 : index\n",
        "  %{i} = stream.timepoint.join max(%t{i}, %t{i}) => !stream.timepoint\n",
        "  %{i}:2 = util.optimization_barrier %c0, %r : index, !stream.resource<*>\n",
        "  util.global.store %c0, @g : index\n",
    ],
)
def test_ops_of_any_dialect_are_read_as_their_assembly_formats_read_them(lines: str) -> None:
    head = HEAD.replace("%i: i32)", "%i: i32, " + ", ".join(f"%t{i}: !stream.timepoint" for i in range(9)) + ")")
    text = head + "".join([lines.format(i=i) for i in range(9)]) + "  util.return\n}\n"
    plain, short = read(text, short_cuts=False), read(text, short_cuts=True)
    assert not isinstance(plain, str)
    assert not isinstance(short, str)
    assert plain[0].is_structurally_equivalent(short[0])
    assert plain[1] == short[1]


@pytest.mark.parametrize(
    ("line", "odd"),
    [
        ("%{i} = arith.constant 7 : index", "% = arith.constant 7 : index"),
        ("%{i} = arith.constant 7 : index", "%c0 = arith.constant 7 : index"),
        ("%{i} = arith.constant 7 : index", "%9#0 = arith.constant 7 : index"),
        ("%{i} = arith.constant 7 : index", "%p#0 = arith.constant 7 : index"),
        (
            "%a{i}, %b{i} = util.optimization_barrier %c0, %r : index, !stream.resource<*>",
            "%x, %x = util.optimization_barrier %c0, %r : index, !stream.resource<*>",
        ),
        (
            "%a{i}, %b{i} = util.optimization_barrier %c0, %r : index, !stream.resource<*>",
            "%x, %y#1 = util.optimization_barrier %c0, %r : index, !stream.resource<*>",
        ),
        ("util.optimization_barrier %c{i} : index", "util.optimization_barrier % : index"),
    ],
)
def test_a_name_that_is_none_is_refused_behind_lines_that_were_learnt(line: str, odd: str) -> None:
    constants = "".join([f"  %c{i} = arith.constant 7 : index\n" for i in range(10, 15)])
    learnt = "".join([f"  {line}\n".replace("{i}", str(i)) for i in range(10, 15)])
    text = HEAD + ("" if "%{i}" in line else constants) + learnt + f"  {odd}\n  {odd}\n  util.return\n}}\n"
    plain, short = read(text, short_cuts=False), read(text, short_cuts=True)
    assert isinstance(plain, str)
    assert plain == short


@pytest.mark.parametrize("name", ["c4", "c40", "c4_i32"])
@pytest.mark.parametrize("type_", ["index", "i32"])
@pytest.mark.parametrize("result", ["%{}", "%c9{}"])
def test_names_of_constants_stand_for_what_each_function_calls_so(name: str, type_: str, result: str) -> None:
    line = "stream.async.dispatch @ex[%c4](%r[%c0 to %c4 for %c4]) : (!stream.resource<*>{%c4}) -> !stream.resource<*>{%c4}"
    lines = "".join([f"  {result.format(index)} = {line}\n" for index in range(6)])
    lines += "".join([f"  {result.format(index)}7 = arith.constant 7 : index\n" for index in range(6)])
    function = HEAD + lines + "  util.return\n}\n"
    other = function.replace("%c4", f"%{name}").replace("4 : index", f"8 : {type_}")
    text = "".join([each.replace("@f(", f"@f{i}(") for i, each in enumerate([function, function, other, function])])
    plain, short = (read(text, short_cuts=way) for way in (False, True))
    if isinstance(plain, str) or isinstance(short, str):
        assert plain == short
        return
    assert plain[0].is_structurally_equivalent(short[0])
    assert [uses(op) for op in plain[0].walk()] == [uses(op) for op in short[0].walk()]


def test_a_line_that_goes_on_below_is_read_to_its_end() -> None:
    line = "stream.async.dispatch @ex(%r[%c0 to %c4 for %c4]) : (!stream.resource<*>{%c4}) -> !stream.resource<*>{%c4}"
    body = "".join([f"  %{index} = {line}\n" for index in range(4)]) + f'  %4 = {line}\n    loc("x")\n'
    plain, short = (read(HEAD + body + "  util.return\n}\n", short_cuts=way) for way in (False, True))
    assert not isinstance(plain, str)
    assert not isinstance(short, str)
    assert plain[0].is_structurally_equivalent(short[0])


def test_tied_results_take_the_long_way() -> None:
    line = "stream.async.dispatch @ex(%r[%c0 to %c4 for %c4]) : (!stream.resource<*>{%c4}) -> %r{%c4}"
    assert shapes_in("".join([f"  %{index} = {line}\n" for index in range(5)])) == []


def test_values_defined_later_take_the_long_way() -> None:
    text = HEAD + (
        "  cf.br ^b\n^a:\n  %0 = stream.async.dispatch @ex(%1[%c0 to %c4 for %c4]) : "
        "(!stream.resource<*>{%c4}) -> !stream.resource<*>{%c4}\n  util.return\n^b:\n"
        "  %1 = stream.async.dispatch @ex(%r[%c0 to %c4 for %c4]) : (!stream.resource<*>{%c4}) -> "
        "!stream.resource<*>{%c4}\n  cf.br ^a\n}\n"
    )
    module = read(text, short_cuts=True)
    assert not isinstance(module, str)
    first, second = (op for op in module[0].walk() if isinstance(op, AsyncDispatchOp))
    assert first.resource_operands[0] is second.results_[0]


def test_an_unknown_name_in_a_dispatch_is_found_at_its_place() -> None:
    text = HEAD + (
        "  %0 = stream.async.dispatch @ex(%gone[%c0 to %c4 for %c4]) : "
        "(!stream.resource<*>{%c4}) -> !stream.resource<*>{%c4}\n  util.return\n}\n"
    )
    with pytest.raises(SourceError, match=r"^f:5:34: error: use of undeclared SSA value name$"):
        parse(text, "f", allow_unregistered=True)
