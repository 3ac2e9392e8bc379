"""What functions take and give, as users write it (`4x16xf32`): what the source declared, else what the IR says of the values."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from typing_extensions import override
from xdsl.dialects.builtin import DictionaryAttr, FunctionType, StringAttr, SymbolRefAttr
from xdsl.ir import Attribute, Block, BlockArgument, Operation, SSAValue

from iree_explorer.execution.fields import field, segments, symbol_path
from iree_explorer.execution.values.text import ValueType, parse_declaration, type_of_text

SYNCHRONIZATION = frozenset({"hal.fence", "stream.timepoint"})
"""Types of what tells when work may begin, or has ended: a run makes it, and waits for it; its caller gives and gets none."""

_CALLS = frozenset({"util.call", "func.call"})
_RETURNS = frozenset({"util.return", "func.return"})
_SAME_VALUES = frozenset({"util.optimization_barrier"})
_IMPORTS = {"stream.tensor.import": "result_encoding", "hal.tensor.import": "target_encoding"}
_EXPORTS = {"stream.tensor.export": "source_encoding", "hal.tensor.export": "source_encoding"}

Neighbours = Callable[[SSAValue], Iterable[SSAValue]]
Tells = Callable[[SSAValue], Iterable[Attribute | None]]


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes and gives, in order; fences and timepoints are not told."""

    inputs: tuple[ValueType, ...]
    outputs: tuple[ValueType, ...]

    @override
    def __str__(self) -> str:
        inputs, outputs = (", ".join(map(str, types)) for types in (self.inputs, self.outputs))
        return f"({inputs}) -> ({outputs})"

    @override
    def __repr__(self) -> str:
        return f"<Signature {self}>"


def signature_of(op: Operation) -> Signature:
    """The signature of a function: its declaration in the source where it keeps one that fits, else its types.

    A buffer view has the type of the tensor that it is imported as, or exported from, also where it goes through branches,
    calls and barriers on the way; one that is neither keeps MLIR's name.
    """
    type_ = field(op, "function_type")
    if not isinstance(type_, FunctionType):
        return Signature((), ())
    declared = _declared(op)
    if declared is not None and _fits(declared, type_):
        return declared
    entry = op.regions[0].blocks.first if op.regions else None
    arguments = list(entry.args) if entry is not None else [None] * len(type_.inputs)
    inputs = [
        _type(t, [a] if a is not None else [], _goes_to, _imported_as)
        for t, a in zip(type_.inputs, arguments, strict=True)
    ]
    outputs = [_type(t, returned(op, i), _comes_from, _exported_from) for i, t in enumerate(type_.outputs)]
    return Signature(_without_synchronization(type_.inputs, inputs), _without_synchronization(type_.outputs, outputs))


def _declared(op: Operation) -> Signature | None:
    reflection = op.attributes.get("iree.reflection")
    text = reflection.data.get("iree.abi.declaration") if isinstance(reflection, DictionaryAttr) else None
    parsed = parse_declaration(text.data) if isinstance(text, StringAttr) else None
    return None if parsed is None else Signature(tuple(parsed[0]), tuple(parsed[1]))


def _fits(declared: Signature, type_: FunctionType) -> bool:
    pairs = (declared.inputs, type_.inputs), (declared.outputs, type_.outputs)
    return all(len(told) == sum(found.name not in SYNCHRONIZATION for found in types) for told, types in pairs)


def _without_synchronization(types: Iterable[Attribute], found: Iterable[ValueType]) -> tuple[ValueType, ...]:
    return tuple(item for type_, item in zip(types, found, strict=True) if type_.name not in SYNCHRONIZATION)


def _type(type_: Attribute, values: Iterable[SSAValue], step: Neighbours, tells: Tells) -> ValueType:
    """The type of an argument or result that is `values`: of the first tensor on the way, where it is a buffer view."""
    if type_.name == "hal.buffer_view":
        for value in reached(values, step):
            for encoding in tells(value):
                found = type_of_text(str(encoding))
                if found.element is not None:
                    return found
    return type_of_text(str(type_))


def reached(values: Iterable[SSAValue], step: Neighbours) -> Iterator[SSAValue]:
    """The values, and all that `step` leads to from them, nearest first, each once."""
    queue = list(values)
    seen = set(queue)
    for value in queue:  # grows while it is read
        yield value
        further = [other for other in step(value) if other not in seen]
        seen.update(further)
        queue += further


def returned(function: Operation, number: int) -> list[SSAValue]:
    """What the returns of a function give as result `number`, return by return."""
    ends = [block.last_op for region in function.regions for block in region.blocks]
    return [op.operands[number] for op in ends if op is not None and op.name in _RETURNS and number < len(op.operands)]


# From an argument on


def _imported_as(value: SSAValue) -> Iterator[Attribute | None]:
    for use in value.uses:
        name = _IMPORTS.get(use.operation.name)
        if name is not None and use.index == 0:
            yield field(use.operation, name)


def _goes_to(value: SSAValue) -> Iterator[SSAValue]:
    """The values that are `value` under another name."""
    for use in value.uses:
        op = use.operation
        if op.name in _SAME_VALUES:
            yield op.results[use.index]
        elif op.name in _CALLS:
            callee = _callee(op)
            entry = callee.regions[0].blocks.first if callee is not None and callee.regions else None
            if entry is not None:
                yield entry.args[use.index]
        else:
            for successor, operands in _branches(op):
                yield from (a for a, operand in zip(successor.args, operands, strict=False) if operand is value)


# From a result back


def _exported_from(value: SSAValue) -> Iterator[Attribute | None]:
    op = value.owner
    if isinstance(op, Operation) and op.name in _EXPORTS:
        yield field(op, _EXPORTS[op.name])


def _comes_from(value: SSAValue) -> Iterator[SSAValue]:
    """The values that `value` is another name of."""
    if isinstance(value, BlockArgument):
        region = value.owner.parent
        ends = [block.last_op for block in region.blocks] if region is not None else []
        for op in ends:
            for successor, operands in _branches(op) if op is not None else ():
                if successor is value.owner and value.index < len(operands):
                    yield operands[value.index]
        return
    op, number = value.owner, getattr(value, "index", 0)
    if not isinstance(op, Operation):
        return
    if op.name in _SAME_VALUES:
        yield op.operands[number]
    elif op.name in _CALLS and (callee := _callee(op)) is not None:
        yield from returned(callee, number)
    elif op.name == "arith.select":
        yield from op.operands[1:]


def _branches(op: Operation) -> Iterator[tuple[Block, tuple[SSAValue, ...]]]:
    """Where a terminator goes, and with which values."""
    if op.name == "cf.br":
        yield op.successors[0], tuple(op.operands)
    elif op.name == "cf.cond_br":
        _, *targets = segments(op)
        yield from zip(op.successors, targets, strict=False)


def _callee(op: Operation) -> Operation | None:
    """The function that a call names, None where the module has none of that name."""
    name = field(op, "callee")
    module = op
    while (parent := module.parent_op()) is not None:
        module = parent
    if not isinstance(name, SymbolRefAttr) or not module.regions:
        return None
    wanted = symbol_path(name)[-1]
    found = (inner for block in module.regions[0].blocks for inner in block.ops)
    return next((f for f in found if getattr(field(f, "sym_name"), "data", None) == wanted), None)


def counted(number: int, noun: str) -> str:
    """`1 input`, `2 inputs`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def miscounted(function: str, types: Signature, given: int) -> str:
    """What a function takes, where another number of inputs is given: `@main takes 1 input (4xf32), none is given`."""
    listed = ", ".join(map(str, types.inputs)) or "none"
    verb = "is" if given < 2 else "are"
    return f"@{function} takes {counted(len(types.inputs), 'input')} ({listed}), {given or 'none'} {verb} given"
