"""Aliases: what gets one, how it is called, where it stands; the expected texts are those that `iree-opt` prints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects.builtin import StringAttr, i1

from iree_explorer.syntax import parse, print_module
from iree_explorer.syntax.printing.aliases import AliasTable, render


def heads_of(attributes: str) -> list[str]:
    """The lines above the module in the text of an op with these attributes."""
    text = print_module(parse(f'"x.y"() {{{attributes}}} : () -> ()', "f", allow_unregistered=True).op)
    return text[: text.index("module {")].splitlines()


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param("a = 1 : i32, b = [true]", [], id="most attributes have none"),
        pytest.param("a = affine_map<(d0) -> (d0)>", ["#map = affine_map<(d0) -> (d0)>"], id="maps do"),
        pytest.param(
            "a = affine_map<(d0) -> (d0)>, b = affine_map<(d0) -> ()>, c = affine_map<(d0) -> (d0)>",
            ["#map = affine_map<(d0) -> (d0)>", "#map1 = affine_map<(d0) -> ()>"],
            id="each once, numbered as they are met",
        ),
        pytest.param(
            "a = affine_set<(d0) : (d0 == 0)>, b = affine_map<(d0) -> (d0)>",
            ["#map = affine_map<(d0) -> (d0)>", "#set = affine_set<(d0) : (d0 == 0)>"],
            id="by name",
        ),
        pytest.param(
            'a = #hal.device.target<"local", [#hal.executable.target<"vmvx", "vmvx">]> : !hal.device',
            [
                '#executable_target_vmvx = #hal.executable.target<"vmvx", "vmvx">',
                '#device_target_local = #hal.device.target<"local", [#executable_target_vmvx]> : !hal.device',
            ],
            id="what is inside comes first",
        ),
        pytest.param(
            'a = #hal.device.target<"local9"> : !hal.device, b = #hal.device.target<"local9", {a}> : !hal.device',
            [
                '#device_target_local9 = #hal.device.target<"local9"> : !hal.device',
                '#device_target_local9_1 = #hal.device.target<"local9", {a}> : !hal.device',
            ],
            id="a number behind a digit is set off",
        ),
        pytest.param(
            'a = distinct[7]<"x">, b = distinct[3]<>, c = distinct[7]<"x">',
            ['#distinct = distinct[0]<"x">'],
            id="distinct attributes that say something",
        ),
        pytest.param(
            f"a = tuple<{', '.join(['i1'] * 17)}>, b = tuple<i1>",
            [f"!tuple = tuple<{', '.join(['i1'] * 17)}>"],
            id="long tuples",
        ),
    ],
)
def test_aliases_are_those_of_the_real_tool(attributes: str, expected: list[str]) -> None:
    assert heads_of(attributes) == expected


def test_they_stand_by_how_deep_others_are_inside() -> None:
    inner = "#util.composite<1xi8, [#util.composite<1xi8, [#util.composite<1xi8, [1 : i8]>]>]>"
    target = '#hal.device.target<"local", [#hal.executable.target<"vmvx", "vmvx">]> : !hal.device'
    names = [line.split()[0] for line in heads_of(f"a = {inner}, b = {target}") if line.startswith("#")]
    assert names == [
        "#composite_of_1b",
        "#executable_target_vmvx",
        "#composite_of_1b1",
        "#device_target_local",
        "#composite_of_1b2",
    ]


def test_a_name_that_is_numbered_already_is_not_given_twice() -> None:
    table = AliasTable()
    for number, base in enumerate(["x", "x1", "x", "x"]):
        alias, is_new = table.get(StringAttr(str(number)), base)
        assert is_new
        table.use([alias])
    assert sorted(alias.text for alias in table.assign()) == ["#x", "#x1", "#x1_1", "#x2"]


@given(st.lists(st.sampled_from(["a", "a1", "a1_1", "a2", "b"]), max_size=12))
def test_names_are_distinct_and_the_same_attribute_has_one(bases: list[str]) -> None:
    table = AliasTable()
    for number, base in enumerate(bases):
        alias, _ = table.get(StringAttr(str(number)), base)
        assert table.get(StringAttr(str(number)), base) == (alias, False)
        table.use([alias, alias])
    names = [alias.text for alias in table.assign()]
    assert len(set(names)) == len(names) == len(bases)


def test_types_come_before_attributes_of_the_same_depth_and_shallow_ones_first() -> None:
    table = AliasTable()
    deep, _ = table.get(StringAttr("deep"), "a")
    deep.depth = 2
    attribute, _ = table.get(StringAttr("attribute"), "b")
    type_, _ = table.get(i1, "c")
    table.use([deep, attribute, type_])
    assert table.assign() == [type_, attribute, deep]
    assert [alias.text for alias in (type_, attribute, deep)] == ["!c", "#b", "#a"]


def test_what_comes_after_all_have_names_gets_one_of_its_own() -> None:
    table = AliasTable()
    first, _ = table.get(StringAttr("first"), "a")
    table.use([first])
    table.assign()
    late, _ = table.get(StringAttr("late"), "a")
    table.use([late])
    table.assign_new()
    assert (first.text, late.text) == ("#a", "#a1")


def test_an_alias_that_nobody_names_is_written_out() -> None:
    table = AliasTable()
    inner, _ = table.get(StringAttr("inner"), "a")
    outer, _ = table.get(StringAttr("outer"), "b")
    inner.body, outer.body = ("[1]",), ("<", inner, ">")
    table.use([inner])
    table.assign()
    assert render(["x = ", outer, ";"]) == "x = <#a>;"
