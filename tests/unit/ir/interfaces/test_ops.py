import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import SSAValue

from iree_explorer.ir.interfaces import (
    AsyncAccessOpInterface,
    AsyncAccessRange,
    ResourceAccess,
    ShapeAwareOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
    TimelineOpInterface,
    is_streamable,
)
from iree_explorer.syntax.printing.names import result_names
from tests.unit.dialects.bodies import Body, only_op

READ, WRITE = ResourceAccess.READ, ResourceAccess.WRITE

SPLAT = "%0 = stream.async.splat %i : i32 -> !stream.resource<*>{%x}"
CONSTANT = "%0 = stream.async.constant : !stream.resource<constant>{%x} = dense<1> : tensor<4xi32>"
ALLOCA = "%0 = stream.async.alloca : !stream.resource<transient>{%x}"
CLONE = "%0 = stream.async.clone %r : !stream.resource<*>{%x} -> !stream.resource<transient>{%y}"
SLICE = "%0 = stream.async.slice %r[%x to %y] : !stream.resource<*>{%y} -> !stream.resource<*>{%z}"
FILL = "%0 = stream.async.fill %i, %r[%x to %y for %z] : i32 -> %r as !stream.resource<*>{%x}"
UPDATE = "%0 = stream.async.update %t, %r[%x to %y] : !stream.resource<transient>{%z} -> %r as !stream.resource<*>{%x}"
COPY = "%0 = stream.async.copy %t[%x to %y], %r[%y to %z], %x : !stream.resource<transient>{%y} -> %r as !stream.resource<*>{%z}"
BARRIER = "%0 = stream.async.barrier %r : !stream.resource<*>{%x}"
TRANSFER = "%0 = stream.async.transfer %r : !stream.resource<*>{%x} -> !stream.resource<staging>{%y}"
CAST = "%0 = stream.async.cast %r : !stream.resource<*> {%x} -> !stream.resource<transient> {%x}"
LOAD = "%0 = stream.async.load %s[%x] : !stream.resource<staging>{%y} -> i32"
STORE = "%0 = stream.async.store %i, %s[%x] : i32 -> %s as !stream.resource<staging>{%y}"
DISPATCH = (
    "%0:2 = stream.async.dispatch @e::@k(%r[%x to %y for %z], %i, %t[%x to %y for %z])"
    " : (!stream.resource<*>{%y}, i32, !stream.resource<transient>{%z}) -> (%t{%z}, !stream.resource<*>{%x})"
)
EXECUTE = """\
%0:2, %1 = stream.async.execute await(%tp) => with(%r as %c: !stream.resource<*>{%x}, %t as %d: !stream.resource<transient>{%y}) -> (%t{%y}, !stream.resource<*>{%z}) {
  %2 = stream.async.splat %i : i32 -> !stream.resource<*>{%z}
  stream.yield %d, %2 : !stream.resource<transient>{%y}, !stream.resource<*>{%z}
} => !stream.timepoint"""
FLOW_DISPATCH = "%0 = flow.dispatch @e::@k(%v) : (tensor<?xf32>{%x}) -> tensor<?xf32>{%y}"
FLOW_DISPATCH_OF_MANY = (
    "%0:3 = flow.dispatch @e::@k[%x](%v, %i, %v) : (tensor<?xf32>{%x}, i32, tensor<?xf32>{%y})"
    " -> (tensor<4xf32>, tensor<?x?xf32>{%y, %z}, tensor<?xf32>{%x})"
)
FLOW_CLONE = "%0 = flow.tensor.clone %v : tensor<?xf32>{%x}"
FLOW_SPLAT = "%0 = flow.tensor.splat %i : tensor<?xi32>{%x}"
CALL = "%0 = util.call @callee(%i) : (i32) -> %i"


@pytest.mark.parametrize(
    ("body", "streamable", "metadata", "cloned"),
    [
        (SPLAT, True, False, True),
        (CONSTANT, True, True, False),
        (ALLOCA, True, True, True),
        (CLONE, True, False, True),
        (SLICE, True, False, False),
        (FILL, True, False, False),
        (UPDATE, True, False, False),
        (COPY, True, False, False),
        (BARRIER, True, True, False),
        (TRANSFER, True, False, False),
        (DISPATCH, True, False, False),
        (FLOW_SPLAT, True, False, True),
        (FLOW_DISPATCH, True, False, False),
        (FLOW_CLONE, False, False, False),
        (EXECUTE, False, False, False),
        (LOAD, False, False, False),
        (STORE, False, False, False),
        (CALL, False, False, False),
        (CAST, False, False, False),
    ],
)
def test_streamable(body: str, streamable: bool, metadata: bool, cloned: bool) -> None:
    op = only_op(body)
    assert is_streamable(op) == streamable
    if isinstance(op, StreamableOpInterface):
        assert (op.is_metadata(), op.prefer_clone_to_consumers()) == (metadata, cloned)


# Each access: what is done, to which value, from where (- : 0), to where, and how many bytes.
@pytest.mark.parametrize(
    ("body", "accesses"),
    [
        (SPLAT, ["W %0 - x x"]),
        (CONSTANT, ["W %0 - x x"]),
        (CLONE, ["R r - x x", "W %0 - y y"]),
        (SLICE, ["R r x y z", "W %0 - z z"]),
        (FILL, ["W r x y z", "W %0 x y z"]),
        (UPDATE, ["R t - z z", "W r x y z", "W %0 x y z"]),
        (COPY, ["R t x y x", "W r y z x", "W %0 y z x"]),
        (TRANSFER, ["R r - x x", "W %0 - y y"]),
        (DISPATCH, ["R r x y z", "RW t x y z", "RW %0 x y z", "W %1 - x x"]),
        (EXECUTE, ["R r - x x", "RW t - y y", "RW %0 - y y", "W %1 - z z"]),
    ],
)
def test_access_ranges(body: str, accesses: list[str]) -> None:
    program = Body(body)
    (op, *_) = (op for op in program.ops if isinstance(op, AsyncAccessOpInterface) and op.parent is program.block)
    names = {value: name for name, value in program.arguments.items()}
    names |= {result: f"%{index}" for index, result in enumerate(op.results)}

    def show(access: AsyncAccessRange) -> str:
        kind = ("R" if READ in access.access else "") + ("W" if WRITE in access.access else "")
        start = "-" if access.start is None else names[access.start]
        return f"{kind} {names[access.resource]} {start} {names[access.end]} {names[access.length]}"

    assert [show(access) for access in op.access_ranges()] == accesses


@given(st.lists(st.sampled_from("xyz"), min_size=4, max_size=4), st.booleans())
def test_ranges_may_overlap_unless_one_ends_where_the_other_begins(bounds: list[str], same: bool) -> None:
    program = Body("")
    start, end, other_start, other_end = (program.arguments[name] for name in bounds)
    resource, other = program.arguments["r"], program.arguments["r" if same else "t"]
    lhs = AsyncAccessRange(READ, resource, start, end, end)
    rhs = AsyncAccessRange(WRITE, other, other_start, other_end, other_end)
    assert lhs.may_overlap(rhs) == (same and end is not other_start and start is not other_end)
    assert lhs.may_overlap(rhs) == rhs.may_overlap(lhs)
    assert (lhs.is_read_only, rhs.is_read_only) == (True, False)


@pytest.mark.parametrize(
    ("body", "operands", "results"),
    [
        (SPLAT, "- -", "x"),
        (CLONE, "x x x", "y"),
        (UPDATE, "x z z z z z", "x"),
        (COPY, "z y y y y y y y y", "z"),
        (BARRIER, "x x", "x"),
    ],
)
def test_sizes(body: str, operands: str, results: str) -> None:
    program = Body(body)
    op = program.ops[0]
    assert isinstance(op, SizeAwareOpInterface)

    def size(value: SSAValue | None) -> str:
        return next((name for name, known in program.arguments.items() if known is value), "-")

    assert [size(op.size_of_operand(index)) for index in range(len(op.operands))] == operands.split()
    assert [size(op.size_of_result(index)) for index in range(len(op.results))] == results.split()


def test_sizes_of_dispatches_skip_values_without_size() -> None:
    program = Body(DISPATCH)
    op = program.ops[0]
    assert isinstance(op, SizeAwareOpInterface)
    y, z, x = program.values("y z x")
    assert [op.size_of_operand(index) for index in range(3)] == [y, None, z]
    assert [op.size_of_result(index) for index in range(2)] == [z, x]


@pytest.mark.parametrize(
    ("body", "operands"),
    [
        ("%0 = flow.tensor.slice %v[%x for %y] : tensor<?xf32>{%z} -> tensor<?xf32>{%y}", ["z"]),
        (
            "%0 = flow.tensor.update %v, %v[%x] : tensor<?xf32>{%y} -> %v as tensor<?xf32>{%z}",
            ["z", "", "", "y"],
        ),
        ("%0 = stream.tensor.splat %i : i32 -> tensor<?x2x?xi32>{%x, %y} in !stream.resource<*>{%z}", [""]),
        ("%0 = iree_tensor_ext.bitcast %v : tensor<?xf32>{%x} -> tensor<?xi32>{%y}", ["x"]),
        ("%0 = hal.tensor.export %v : tensor<?xf32>{%x} -> !hal.buffer_view", ["x"]),
        (FLOW_DISPATCH_OF_MANY, ["", "x", "", "y"]),
    ],
)
def test_dimensions(body: str, operands: list[str]) -> None:
    program = Body(body)
    op = program.ops[0]
    assert isinstance(op, ShapeAwareOpInterface)
    assert [list(op.operand_dynamic_dims(index)) for index in range(len(operands))] == [
        program.values(names) for names in operands
    ]


@pytest.mark.parametrize(
    "body",
    [
        EXECUTE,
        EXECUTE.replace("await(%tp) => ", ""),
        "%0, %1 = stream.resource.alloca uninitialized : !stream.resource<transient>{%x} => !stream.timepoint",
        "%0 = stream.resource.dealloca await(%tp) => %t : !stream.resource<transient>{%x} => !stream.timepoint",
        "%0 = stream.cmd.parameter.read %k[%l] -> %t[%x for %y] : !stream.resource<transient>{%z} => !stream.timepoint",
    ],
)
def test_what_is_awaited_can_be_set(body: str) -> None:
    program = Body(body)
    op = program.ops[0]
    assert isinstance(op, TimelineOpInterface)
    before = list(op.operands)
    (timepoint,) = program.values("tp")
    assert list(op.await_timepoints) == ([timepoint] if "await" in body else [])
    assert op.timeline_result is op.results[-1]
    op.set_await_timepoint(timepoint)
    op.verify()
    assert list(op.await_timepoints) == [timepoint]
    op.set_await_timepoint(None)
    op.verify()
    assert list(op.await_timepoints) == []
    assert list(op.operands) == [value for value in before if value is not timepoint]


def test_joins_await_all_their_operands() -> None:
    program = Body(
        "%0 = stream.timepoint.immediate => !stream.timepoint\n%1 = stream.timepoint.join max(%tp, %0) => !stream.timepoint"
    )
    immediate, join = program.ops
    assert isinstance(immediate, TimelineOpInterface)
    assert isinstance(join, TimelineOpInterface)
    assert list(join.await_timepoints) == [program.arguments["tp"], immediate.results[0]]
    assert list(immediate.await_timepoints) == []


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (EXECUTE, {0: "results", 2: "result_timepoint"}),
        (CONSTANT, {0: "cst"}),
        ("%0 = util.global.load @state : i32", {0: "state"}),
        ("%0:2 = stream.timepoint.await %tp => %t, %r : !stream.resource<transient>{%x}, !stream.resource<*>{%y}", {}),
        ("%0 = stream.dispatch.workgroup.id[1] : index", {0: "workgroup_id_1"}),
    ],
)
def test_names_of_results(body: str, names: dict[int, str]) -> None:
    op = only_op(body)
    assert dict(result_names(op)) == {op.results[index]: name for index, name in names.items()}
