from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import SourceError
from iree_explorer.ir.interfaces import (
    UNTIED,
    TiedOpInterface,
    TiedResourcePassthrough,
    tied_base_value,
    tied_operands_attr,
)
from tests.unit.dialects.bodies import Body, only_op

TYPES = {"r": "!stream.resource<*>{%x}", "s": "!stream.resource<staging>{%x}", "t": "!stream.resource<transient>{%x}"}


@pytest.mark.parametrize(
    ("body", "ties"),
    [
        ("%0 = stream.async.fill %i, %r[%x to %y for %z] : i32 -> %r as !stream.resource<*>{%x}", [0]),
        ("%0 = stream.async.barrier %r : !stream.resource<*>{%x}", [0]),
        ("%0 = stream.timepoint.await %tp => %t : !stream.resource<transient>{%x}", [0]),
        ("%0, %1 = stream.timepoint.barrier %t : !stream.resource<transient>{%x} => !stream.timepoint", [0, None]),
        ("%0 = util.call @callee(%i) : (i32) -> %i", [0]),
        ("%0 = stream.async.splat %i : i32 -> !stream.resource<*>{%x}", None),
        ("%0 = util.cast %k : !util.buffer to !util.object", [0]),
    ],
)
def test_ties_of_ops(body: str, ties: list[int | None] | None) -> None:
    op = only_op(body)
    assert isinstance(op, TiedOpInterface) == (ties is not None)
    if isinstance(op, TiedOpInterface):
        assert [op.tied_operand_index(index) for index in range(len(op.results))] == ties


@given(st.lists(st.sampled_from("rt"), max_size=3), st.lists(st.none() | st.integers(0, 2), max_size=4), st.booleans())
def test_dispatches(names: list[str], ties: list[int | None], workload: bool) -> None:
    ties = [tie if tie is not None and tie < len(names) else None for tie in ties]
    operands = ", ".join(f"%{name}[%x to %y for %z]" for name in names)
    types = ", ".join(TYPES[name] for name in names)
    # An operand that is passed twice means its first place.
    first = [names.index(names[tie]) if tie is not None else None for tie in ties]
    results = ", ".join("!stream.resource<*>{%x}" if tie is None else f"%{names[tie]}{{%x}}" for tie in ties)
    count = f"%0:{len(ties)} = " if ties else ""
    op = only_op(
        f"{count}stream.async.dispatch @e::@k{'[%x]' if workload else ''}({operands}) : ({types}) -> ({results})"
    )
    assert isinstance(op, TiedOpInterface)
    base = op.tied_operands_base()
    assert base == int(workload)
    expected = [None if tie is None else base + tie for tie in first]
    assert [op.tied_operand_index(index) for index in range(len(ties))] == expected
    assert op.tied_operand_indices() == [UNTIED if tie is None else tie for tie in expected]
    for index, result in enumerate(op.results):
        tied = expected[index]
        assert op.tied_operand_of(result) is (None if tied is None else op.operands[tied])
        assert tied_base_value(result) is (result if tied is None else op.operands[tied])
    for operand in range(len(op.operands)):
        assert op.is_operand_tied(operand) == (operand in expected)
        assert op.results_tied_to(operand) == [op.results[i] for i, tie in enumerate(expected) if tie == operand]


@given(st.integers(1, 6))
def test_base_of_a_chain(length: int) -> None:
    values = ["%r", *(f"%{index}" for index in range(length))]
    program = Body(
        "\n".join(
            f"{result} = stream.async.fill %i, {target}[%x to %y for %z] : i32 -> {target} as !stream.resource<*>{{%x}}"
            for target, result in pairwise(values)
        )
    )
    assert tied_base_value(program.ops[-1].results[0]) is program.arguments["r"]


def test_number_of_ties_is_checked() -> None:
    with pytest.raises(SourceError, match="op results/tied operand indices mismatch"):
        only_op(
            '%0 = "stream.async.dispatch"(%r, %x, %x, %x, %x, %x) <{entry_points = [@e::@k], '
            "operandSegmentSizes = array<i32: 0, 1, 1, 1, 1, 1, 1>, tied_operands = [0 : index, -1 : index]}> "
            ": (!stream.resource<*>, index, index, index, index, index) -> !stream.resource<*>"
        )


@given(st.lists(st.integers(-1, 5)))
def test_attribute(indices: list[int]) -> None:
    assert [entry.value.data for entry in tied_operands_attr(indices)] == indices


def test_what_passes_resources_on() -> None:
    bodies = {
        "%0 = stream.async.barrier %r : !stream.resource<*>{%x}": True,
        "%0 = stream.timepoint.await %tp => %t : !stream.resource<transient>{%x}": True,
        "%0 = stream.async.fill %i, %r[%x to %y for %z] : i32 -> %r as !stream.resource<*>{%x}": False,
    }
    assert {body: isinstance(only_op(body), TiedResourcePassthrough) for body in bodies} == bodies
