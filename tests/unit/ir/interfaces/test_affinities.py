from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects.builtin import ArrayAttr, IntAttr, StringAttr, SymbolRefAttr
from xdsl.ir import Attribute

from iree_explorer.dialects.hal.affinity import DeviceAffinityAttr, DeviceOptimalAttr, DevicePromiseAttr
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    are_compatible,
    can_execute_together,
    lookup_affinity,
    lookup_affinity_or_default,
)
from tests.unit.dialects.bodies import Body, only_op

QUEUES = st.sets(st.integers(0, 63), min_size=1)
ALL = -1


def mask(queues: set[int]) -> int:
    bits = sum(1 << queue for queue in queues)
    return bits - (1 << 64) if 63 in queues else bits


def on(device: str, queues: set[int] | None = None) -> DeviceAffinityAttr:
    return DeviceAffinityAttr(SymbolRefAttr(device), IntAttr(ALL if queues is None else mask(queues)))


def promised(device: str, queues: set[int] | None = None) -> DevicePromiseAttr:
    return DevicePromiseAttr(StringAttr(device), IntAttr(ALL if queues is None else mask(queues)))


def single(promise: bool, device: str, queues: set[int] | None) -> DeviceAffinityAttr | DevicePromiseAttr:
    return promised(device, queues) if promise else on(device, queues)


SINGLES = st.builds(single, st.booleans(), st.sampled_from("ab"), st.none() | QUEUES)


@given(QUEUES, QUEUES)
def test_queues_of_one_device(lhs: set[int], rhs: set[int]) -> None:
    a, b = on("a", lhs), on("a", rhs)
    assert a.is_executable_with(b) == (lhs <= rhs)
    assert can_execute_together(a, b) == (lhs <= rhs)
    assert a.join_or(b) == on("a", lhs | rhs)
    assert a.join_and(b) == (on("a", lhs & rhs) if lhs <= rhs else None)
    assert a.is_executable_with(on("a"))


@given(SINGLES, SINGLES)
def test_joins_of_two(lhs: DeviceAffinityAttr | DevicePromiseAttr, rhs: DeviceAffinityAttr | DevicePromiseAttr) -> None:
    same = type(lhs) is type(rhs) and lhs.device == rhs.device
    assert lhs.is_executable_with(None)
    assert lhs.join_and(None) is lhs
    assert lhs.join_or(None) is lhs
    joined = lhs.join_or(rhs)
    if same:
        assert joined == rhs.join_or(lhs)
        assert lhs.is_executable_with(joined)
        assert rhs.is_executable_with(joined)
    else:
        assert joined == DeviceOptimalAttr(ArrayAttr([lhs, rhs]))
        assert lhs.join_and(rhs) is None
        assert not can_execute_together(lhs, rhs)


@given(st.lists(SINGLES, min_size=1, max_size=3), SINGLES)
def test_sets_of_devices_run_with_what_each_member_runs_with(
    members: list[Attribute], other: DeviceAffinityAttr
) -> None:
    optimal = DeviceOptimalAttr(ArrayAttr(members))
    assert optimal.is_executable_with(other) == all(
        member.is_executable_with(other)
        for member in members
        if isinstance(member, DeviceAffinityAttr | DevicePromiseAttr)
    )


@given(st.lists(st.sampled_from("abcd"), min_size=1, unique=True), st.sampled_from("abcde"))
def test_sets_join_device_by_device(devices: list[str], other: str) -> None:
    optimal = DeviceOptimalAttr(ArrayAttr([on(device, {0}) for device in devices]))
    queues = {device: {0, 1} if device == other else {0} for device in devices}
    expected = [on(device, chosen) for device, chosen in queues.items()]
    if other not in devices:
        expected.append(on(other, {1}))
    assert optimal.join_or(on(other, {1})) == DeviceOptimalAttr(ArrayAttr(expected))
    assert optimal.join_and(None) is optimal


@given(st.none() | SINGLES, st.none() | SINGLES)
def test_compatible_only_if_equal_or_open(desired: Attribute | None, required: Attribute | None) -> None:
    assert are_compatible(desired, required) == (desired is None or required is None or desired == required)
    assert can_execute_together(desired, desired)
    assert can_execute_together(desired, None)


def test_ops_hold_their_affinity() -> None:
    op = only_op("%0 = stream.async.splat on(#hal.device.affinity<@a>) %i : i32 -> !stream.resource<*>{%x}")
    assert isinstance(op, AffinityOpInterface)
    assert op.affinity_attr == on("a")
    op.affinity_attr = on("b")
    assert op.properties["affinity"] == on("b")
    op.affinity_attr = None
    assert op.affinity_attr is None
    assert "affinity" not in op.properties


def test_ops_of_other_dialects_hold_it_among_their_attributes() -> None:
    op = only_op(
        "%0 = flow.tensor.clone %v : tensor<?xf32>{%x} attributes {stream.affinity = #hal.device.affinity<@a>}"
    )
    assert isinstance(op, AffinityOpInterface)
    assert op.affinity_attr == on("a")
    op.affinity_attr = on("b")
    assert op.attributes == {"stream.affinity": on("b")}
    op.affinity_attr = None
    assert op.attributes == {}


def test_nearest_affinity() -> None:
    program = Body(
        """\
%0 = scf.execute_region -> !stream.resource<*> {
  %1 = stream.async.splat %i : i32 -> !stream.resource<*>{%x}
  %2 = stream.async.clone on(#hal.device.affinity<@b>) %1 : !stream.resource<*>{%x} -> !stream.resource<*>{%x}
  scf.yield %2 : !stream.resource<*>
}"""
    )
    region, splat, clone = (op for op in program.ops if op.name != "scf.yield")
    assert lookup_affinity(splat) is None
    program.function.attributes["stream.affinity.default"] = on("a")
    assert lookup_affinity(splat) is None
    assert lookup_affinity_or_default(splat) == on("a")
    region.attributes["stream.affinity"] = on("c")
    assert lookup_affinity(splat) == lookup_affinity_or_default(splat) == on("c")
    assert lookup_affinity(clone) == on("b")


def transfer(
    source: str, target: str, *, runs_on: str = "", origin: str = "a", destination: str = "b"
) -> AffinityOpInterface:
    where = f"on(#hal.device.affinity<@{runs_on}>) " if runs_on else ""
    op = only_op(
        f"%0 = builtin.unrealized_conversion_cast to !stream.resource<{source}>\n"
        f"%1 = stream.async.transfer {where}%0 : !stream.resource<{source}>{{%x}} from(#hal.device.affinity<@{origin}>) "
        f"-> to(#hal.device.affinity<@{destination}>) !stream.resource<{target}>{{%x}}"
    ).next_op
    assert isinstance(op, AffinityOpInterface)
    return op


def test_transfers_run_at_their_source_unless_that_is_the_host() -> None:
    places = {
        (source, target): transfer(source, target).affinity_attr
        for source in ("*", "transient", "external", "staging")
        for target in ("*", "staging")
    }
    at_source, at_target = on("a"), on("b")
    assert places == {
        ("*", "*"): at_source,
        ("*", "staging"): at_source,
        ("transient", "*"): at_source,
        ("transient", "staging"): at_source,
        ("external", "*"): at_target,
        ("external", "staging"): at_target,
        ("staging", "*"): at_target,
        ("staging", "staging"): at_source,
    }


def test_transfers_that_say_where_they_run() -> None:
    op = transfer("*", "*", runs_on="c")
    assert op.affinity_attr == on("c")
