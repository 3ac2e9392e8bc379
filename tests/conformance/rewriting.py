"""Changes to programs, op by op: new ops from text in front of an op, ranges that fit, copies where values must not be shared."""

from typing import Any, Final

from xdsl.dialects.builtin import DenseArrayBase, IndexType, IntegerAttr, i32
from xdsl.ir import Attribute, Block, Operation, SSAValue
from xdsl.irdl import VarOperandDef
from xdsl.rewriter import Rewriter

from iree_explorer.dialects.stream.types import Lifetime, ResourceType
from iree_explorer.syntax import parse
from tests.conformance.kernels import IDENTITY, Argument, Kernel

SIZE: Final = 256
PART: Final = 64
ANY: Final = ResourceType(Lifetime.UNKNOWN)
EXTERNAL: Final = ResourceType(Lifetime.EXTERNAL)
COPY: Final = Kernel(IDENTITY, 0, (Argument("readonly", SIZE), Argument("scalar"), Argument("writeonly", SIZE)))
FUNCTIONS: Final = ("util.func", "func.func", "util.initializer")


def splice(before: Operation, text: str, globals_: str = "", **values: SSAValue) -> list[SSAValue]:
    """Puts ops in front of one; `values` are what they may use. The results of the last of them."""
    arguments = ", ".join(f"%{name}: {value.type}" for name, value in values.items())
    module = parse(f"{globals_}\nutil.func private @x({arguments}) {{\n{text}\nutil.return\n}}").op
    block: Any = module.body.block.last_op
    inner: Block = block.regions[0].block
    for argument, value in zip(inner.args, values.values(), strict=True):
        argument.replace_all_uses_with(value)
    made: list[SSAValue] = []
    assert before.parent is not None
    for op in list(inner.ops)[:-1]:
        op.detach()
        before.parent.insert_op_before(op, before)
        made = list(op.results)
    return made


def places(op: Operation) -> dict[str, list[int]]:
    """The numbers of an op's operands by their names in the op's definition."""
    definition: Any = type(op)
    operands: list[tuple[str, Any]] = definition.get_irdl_definition().operands
    sizes: Any = op.properties.get("operandSegmentSizes")
    if sizes is not None:
        counts = [int(n) for n in sizes.get_values()]
    else:
        variadic = [isinstance(kind, VarOperandDef) for _, kind in operands]
        rest = len(op.operands) - variadic.count(False)
        counts = [rest // max(1, sum(variadic)) if is_variadic else 1 for is_variadic in variadic]
    found: dict[str, list[int]] = {}
    start = 0
    for (name, _), count in zip(operands, counts, strict=True):
        found[name] = list(range(start, start + count))
        start += count
    return found


def constant(op: Operation, value: int) -> SSAValue:
    """The constant of the function around `op`."""
    function: Operation = op
    while function.name not in FUNCTIONS:
        parent = function.parent_op()
        assert parent is not None
        function = parent
    first = function.regions[0].blocks.first
    assert first is not None
    for inner in first.ops:
        found = inner.properties.get("value")
        is_index = inner.name == "arith.constant" and isinstance(inner.results[0].type, IndexType)
        if is_index and isinstance(found, IntegerAttr) and found.value.data == value:
            return inner.results[0]
    assert first.first_op is not None
    return splice(first.first_op, f"%c = arith.constant {value} : index")[0]


def known(value: SSAValue) -> int | None:
    """The number that a value is, None where it is not constant."""
    attribute = getattr(value.owner, "properties", {}).get("value")
    return attribute.value.data if isinstance(attribute, IntegerAttr) else None


def sized(op: Operation) -> None:
    """Gives every resource that an op names its size."""
    for name, numbers in places(op).items():
        if name.endswith(("size", "sizes")):
            for number in numbers:
                op.operands[number] = constant(op, SIZE)


def fit(op: Operation, first: int, last: int, length: int | None = None) -> bool:
    """Makes a range one of the two parts, where it is one already, or the whole; whether it is a part."""
    start, end = known(op.operands[first]), known(op.operands[last])
    is_part = (start, end) in ((0, PART), (PART, 2 * PART))
    if not is_part:
        op.operands[first], op.operands[last] = constant(op, 0), constant(op, SIZE)
    if length is not None:
        op.operands[length] = constant(op, PART if is_part else SIZE)
    return is_part


def copy_of(op: Operation, value: SSAValue, kind: Attribute | None = None) -> SSAValue:
    """The same contents in a resource that nothing else names, made in front of `op` by a kernel: IREE takes clones away.

    Of type `kind`, where it is given, else of the type of `value`.
    """
    return splice(
        op,
        f"%0 = stream.async.dispatch @{COPY.name}::@{COPY.name}(%r[%z to %n for %n]) : "
        f"({value.type}{{%n}}) -> {kind or value.type}{{%n}}",
        r=value,
        z=constant(op, 0),
        n=constant(op, SIZE),
    )[0]


def tell_apart(op: Operation, number: int) -> None:
    """Gives a dispatch a scalar of its own: IREE makes one of two that are equal, and changes the result in place for one."""
    scalar = splice(op, f"%0 = arith.constant {number} : i32")[0]
    sizes: Any = op.properties["operandSegmentSizes"]
    counts = [int(n) for n in sizes.get_values()]
    end = sum(counts[:2])
    op.operands = [*op.operands[:end], scalar, *op.operands[end:]]
    op.properties["operandSegmentSizes"] = DenseArrayBase.from_list(i32, [counts[0], counts[1] + 1, *counts[2:]])


def copied_after(value: SSAValue) -> None:
    """All but the copy itself use a copy of a resource."""
    owner = value.owner
    assert isinstance(owner, Operation)
    assert owner.next_op is not None
    made = copy_of(owner.next_op, value)
    value.replace_uses_with_if(made, lambda use: use.operation is not made.owner)


def apart(op: Operation, target: int, *others: int) -> None:
    """Gives the other operands copies where they are the operand that a result is tied to."""
    for number in others:
        if op.operands[number] is op.operands[target]:
            op.operands[number] = copy_of(op, op.operands[number])


def fixed(op: Operation, value: SSAValue) -> None:
    """Gives a value that appears at `op`, or at the start of its block, the lifetime `EXTERNAL`; all use a copy of no such."""
    if isinstance(value.type, ResourceType):
        given = Rewriter.replace_value_with_new_type(value, EXTERNAL)
        made = copy_of(op, given, ANY)
        given.replace_uses_with_if(made, lambda use: use.operation is not made.owner)
