"""Locations: read behind ops and forgotten, kept where they are attributes."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module


def printed(location: str) -> str:
    return print_module(parse(f"module attributes {{util.a = loc({location})}} {{}}").op)


def refusal(location: str) -> str:
    """What is said of the location, and at which of its characters."""
    text = f"module attributes {{util.a = loc({location})}} {{}}"
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert caught.value.location is not None
    return f"{caught.value.location.column - text.index(location) - 1}: {caught.value.message}"


@pytest.mark.parametrize(
    ("location", "lines"),
    [
        ("unknown", ["#loc = loc(unknown)"]),
        ('"a"', ['#loc = loc("a")']),
        ('"a":3', ['#loc = loc("a":3:0)']),
        ('"":3:4', ['#loc = loc("-":3:4)']),
        ('"a"(unknown)', ['#loc = loc("a")']),
        ('"a"("b")', ['#loc = loc("b")', '#loc1 = loc("a"(#loc))']),
        ('callsite("a" at "b")', ['#loc = loc("a")', '#loc1 = loc("b")', "#loc2 = loc(callsite(#loc at #loc1))"]),
        ('fused["a", unknown, "a"]', ['#loc = loc("a")']),
        ("fused[unknown]", ["#loc = loc(unknown)"]),
        ("fused<1>[]", ["#loc = loc(unknown)", "#loc1 = loc(fused<1 : i64>[#loc])"]),
        (
            'fused[fused["a", "b"], "c"]',
            ['#loc = loc("a")', '#loc1 = loc("b")', '#loc2 = loc("c")', "#loc3 = loc(fused[#loc, #loc1, #loc2])"],
        ),
    ],
)
def test_locations_are_printed_as_aliases(location: str, lines: list[str]) -> None:
    assert printed(location).splitlines()[:-2] == lines


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("foo", "0: expected location instance"),
        ('"a":x', "4: expected integer line number in FileLineColRange"),
        ('"a":4294967296:1', "4: expected integer line number in FileLineColRange"),
        ('"a":1:x', "6: expected integer column number in FileLineColRange"),
        ('"a":1:2 to 3', "12: expected either integer or `:` post `to` in FileLineColRange"),
        ('"a"("b"', "8: expected ')' in inline location"),
        ('callsite "a"', "8: expected '(' in callsite location"),
        ('callsite("a" "b")', "12: expected 'at' in callsite location"),
        ('fused<1["a"]', "7: expected '>' after fused location metadata"),
        ('fused("a")', "5: expected '[' in fused location"),
        ("#util.inline.never", "18: expected location attribute, but got#util.inline.never"),
    ],
)
def test_what_is_no_location_is_refused_at_its_place(location: str, said: str) -> None:
    assert refusal(location) == said


def test_locations_of_ops_may_be_aliases_that_are_defined_later() -> None:
    text = 'module { util.global private @x : i32 loc(#later)\n}\n#later = loc("a":1:2 to :4)'
    assert "loc" not in print_module(parse(text).op)


@pytest.mark.parametrize(
    ("definition", "message"),
    [("", "operation location alias was never defined"), ('#l = "a"', "expected location, but found '\"a\"'")],
)
def test_aliases_of_locations_of_ops_must_be_locations(definition: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        parse(f"module {{ util.global private @x : i32 loc(#l)\n}}\n{definition}")
