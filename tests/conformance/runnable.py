"""Programs of the generator made to run: the same ops in the same order, with kernels that compute something.

The generator cares for schedules only: sizes and ranges need not fit, loops need not end, executables are not there. Here every
resource gets `SIZE` bytes, every range fits, every dispatch gets an executable, and a public function calls each of the
program's. What no CPU runtime has (collectives, external device functions, tensors that are not encoded yet) becomes a copy.
Then IREE's own passes give resources their lifetimes and copies where ties ask for them, as they do before scheduling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from xdsl.dialects.builtin import IndexType, IntegerAttr, StringAttr, SymbolRefAttr, i1, i32
from xdsl.ir import Block, Operation, SSAValue
from xdsl.irdl import VarOperandDef

from iree_explorer.dialects.stream.types import ResourceType, TimepointType
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.conformance.generator import program
from tests.conformance.kernels import IDENTITY, Argument, Kernel, executable

SIZE: Final = 256
PART: Final = 64
COPY: Final = Kernel(IDENTITY, 0, (Argument("readonly", SIZE), Argument("writeonly", SIZE)))
FUEL: Final = 4
"""How many times the loops of a program go on where their own condition says so, all together."""
PREPARE: Final = (
    "--iree-stream-materialize-copy-on-write",
    "--iree-stream-elide-async-copies",
    "--iree-stream-emplace-allocations",
    "--iree-stream-refine-usage",
    "--iree-stream-verify-async-access-ranges",
)
"""What IREE runs on stream IR before it schedules. IREE: Stream/Transforms/Passes.cpp, buildStreamAsyncPassPipeline."""
_FAVOR: Final = re.compile(r"<favor-([a-z-]+)>")
"""An attribute as `iree-opt` prints it, and cannot read it."""
_LIFETIME: Final = re.compile(r"!stream\.resource<(?:constant|external|variable|transient)>")
_QUEUES: Final = re.compile(r"(?<=<@dev_[abcd]), \[[\d, ]*\](?=>)")
"""Devices' queues are left out: of two on one device, both tools refuse most programs."""
_LOADED: Final = re.compile(r"\s*(%\w+) = util\.global\.load @(\w+) : !stream\.resource<variable>\s*")
_STORED: Final = re.compile(r"\s*util\.global\.store (%\w+), @(\w+) : !stream\.resource<variable>\s*")
FUNCTIONS: Final = ("util.func", "func.func", "util.initializer")
_TARGET: Final = '#hal.executable.target<"llvm-cpu", "embedded-elf-x86_64", {cpu = "generic", native_vector_size = 16 : i64, target_triple = "x86_64-unknown-unknown-eabi-elf"}>'
DEVICES: Final = ("dev_a", "dev_b", "dev_c", "dev_d")


@dataclass
class Runnable:
    """Several programs as one module.

    Attributes:
        text: the module, ready to be scheduled.
        functions: the public functions of each seed, in order; they take nothing.
        keys: the parameters it names, by scope; each has `SIZE` bytes.
    """

    text: str
    functions: dict[int, list[str]]
    keys: dict[str, list[str]]


def runnable(seeds: Sequence[int]) -> Runnable | None:
    """The programs of these seeds, as a module that both backends run; None where IREE's passes refuse it, or die."""
    kernels: dict[Kernel, None] = {COPY: None}
    keys: dict[str, dict[str, None]] = {}
    parts: list[str] = []
    functions: dict[int, list[str]] = {}
    for seed in seeds:
        one = _One(seed, kernels, keys)
        parts.append(one.text())
        functions[seed] = one.entries
    devices = [
        f'util.global private @{name} = #hal.device.target<"local", {{ordinal = {number} : index}}, [{_TARGET}]> : !hal.device'
        for number, name in enumerate(DEVICES)
    ]
    head = f"module attributes {{stream.affinity.default = #hal.device.affinity<@{DEVICES[0]}>}} {{"
    text = "\n".join([head, *devices, *(executable(kernel) for kernel in kernels), *parts, "}"])
    text = _FAVOR.sub(r'<"\1">', text)
    prepared, _ = oracle.iree_opt(text, *PREPARE)
    return (
        None
        if prepared is None
        else Runnable(prepared, functions, {scope: list(found) for scope, found in keys.items()})
    )


Rewrite = Callable[["_One", Operation], None]


@dataclass
class _One:
    """One program on its way; `kernels` and `keys` collect what all need."""

    seed: int
    kernels: dict[Kernel, None]
    keys: dict[str, dict[str, None]]
    entries: list[str] = field(default_factory=list[str])
    written: int = 0

    def text(self) -> str:
        """The ops of the module, and the functions that call its functions."""
        module = parse("\n".join(map(_any_lifetime, program(self.seed).splitlines()))).op
        favor = module.attributes.get("stream.partitioning")
        for op in list(module.body.block.ops):
            self._top(op)
        for op in list(module.walk()):
            if op.parent is not None:
                _REWRITES.get(op.name, _nothing if not op.name.startswith("stream.tensor.") else _copied)(self, op)
        calls = "".join(self._entry(op) for op in module.body.block.ops if op.name in FUNCTIONS[:2] and _is_public(op))
        for op in module.body.block.ops:
            if op.name in FUNCTIONS:
                op.attributes.pop("stream.affinity", None)
                if favor is not None:
                    op.attributes.setdefault("stream.partitioning", favor)
                if op.name != FUNCTIONS[2]:
                    op.properties["sym_visibility"] = StringAttr("private")
        printed = print_module(module).split("\n", 1)
        head, body = printed[0], printed[1].rstrip()
        assert head.startswith("module")
        assert body.endswith("}")
        state = (
            f"util.global private mutable @{self.name('fuel')} = {FUEL} : i32\n"
            f"util.initializer {{\n%c = arith.constant {SIZE} : index\n%v = arith.constant 77 : i32\n"
            f"%s = stream.async.splat %v : i32 -> !stream.resource<*>{{%c}}\n"
            f"%r = stream.async.transfer %s : !stream.resource<*>{{%c}} -> !stream.resource<variable>{{%c}}\n"
            f"util.global.store %r, @{self.name('state')} : !stream.resource<variable>\nutil.return\n}}\n"
        )
        return state + body[:-1] + calls

    def name(self, symbol: str) -> str:
        """A symbol that is this program's own."""
        return f"s{self.seed}_{symbol}"

    def _top(self, op: Operation) -> None:
        """Devices are shared; other symbols get names of their own, and functions that are declared only a body."""
        symbol = op.properties.get("sym_name")
        if not isinstance(symbol, StringAttr):
            return
        if symbol.data in DEVICES or op.name == "stream.async.func":
            op.detach()
            return
        op.properties["sym_name"] = StringAttr(self.name(symbol.data))
        if op.name == "util.func" and not op.regions[0].blocks:
            whole = parse(_BODIES[symbol.data]).op
            body = whole.body.block.first_op
            assert body is not None
            region = body.detach_region(body.regions[0])
            region.move_blocks(op.regions[0])

    def _entry(self, op: Operation) -> str:
        """A public function that calls a function of the program, and gives all its numbers."""
        symbol = op.properties["sym_name"]
        type_ = op.properties["function_type"]
        assert isinstance(symbol, StringAttr)
        inputs: Any = getattr(type_, "inputs")  # noqa: B009
        outputs: Any = getattr(type_, "outputs")  # noqa: B009
        lines = [f"%size = arith.constant {SIZE} : index"]
        arguments: list[str] = []
        for number, argument in enumerate(inputs):
            arguments.append(f"%a{number}")
            lines.append(self._argument(number, str(argument)))
        results = [f"%r{number}" for number in range(len(outputs))]
        called = f"{', '.join(results)} = " if results else ""
        types = f"({', '.join(map(str, inputs))}) -> ({', '.join(map(str, outputs))})"
        lines.append(f"{called}{op.name.split('.')[0]}.call @{symbol.data}({', '.join(arguments)}) : {types}")
        given: list[tuple[str, str]] = []
        for number, output in enumerate(outputs):
            if isinstance(output, ResourceType):
                lines.append(
                    f"%v{number} = stream.tensor.export %r{number} : tensor<{SIZE // 4}xi32> in {output}{{%size}} -> !hal.buffer_view"
                )
                given.append((f"%v{number}", "!hal.buffer_view"))
            elif output == i32:
                given.append((f"%r{number}", "i32"))
        entry = f"main_{symbol.data}"
        self.entries.append(entry)
        values, kinds = (", ".join(column) for column in zip(*given, strict=True)) if given else ("", "")
        end = f"util.return {values} : {kinds}" if given else "util.return"
        body = "\n".join(lines)
        return f"util.func public @{entry}() -> ({kinds}) {{\n{body}\n{end}\n}}\n"

    def _argument(self, number: int, type_: str) -> str:
        if type_.startswith("!stream.resource"):
            values = ", ".join(str((self.seed * 31 + number * 101 + i * 7) % 256) for i in range(SIZE // 4))
            return (
                f"%z{number} = arith.constant 0 : index\n"
                f"%k{number} = stream.async.constant : {type_}{{%size}} = dense<[{values}]> : tensor<{SIZE // 4}xi32>\n"
                f"%a{number} = stream.async.dispatch @{COPY.name}::@{COPY.name}(%k{number}[%z{number} to %size for %size]) : "
                f"({type_}{{%size}}) -> {type_}{{%size}}"
            )
        if type_ == "!stream.timepoint":
            return f"%a{number} = stream.timepoint.immediate => !stream.timepoint"
        value = {"index": str(SIZE), "i1": str(bool(self.seed % 2)).lower()}.get(type_, str(self.seed % 11))
        kind = "" if type_ == "i1" else f" : {type_}"
        return f"%k{number} = arith.constant {value}{kind}\n%a{number} = util.optimization_barrier %k{number} : {type_}"


def _any_lifetime(line: str) -> str:
    """A line with resources of no lifetime in particular, as they are until IREE finds out: all but staging and globals."""
    loaded, stored = _LOADED.fullmatch(line), _STORED.fullmatch(line)
    if loaded:
        name = loaded[1]
        return (
            f"{name}_raw = util.global.load @{loaded[2]} : !stream.resource<variable>\n{name} = stream.async.clone {name}_raw : "
            "!stream.resource<variable>{%c128} -> !stream.resource<*>{%c128}"
        )
    if stored:
        name = stored[1]
        return (
            f"{name}_raw = stream.async.transfer {name} : !stream.resource<*>{{%c128}} -> !stream.resource<variable>{{%c128}}\n"
            f"util.global.store {name}_raw, @{stored[2]} : !stream.resource<variable>"
        )
    return line if "util.global" in line else _LIFETIME.sub("!stream.resource<*>", _QUEUES.sub("", line))


_BODIES: Final = {
    "extern": "util.func private @x(%r: !stream.resource<*>, %n: index) -> !stream.resource<*> {\n"
    "%0 = stream.async.clone %r : !stream.resource<*>{%n} -> !stream.resource<*>{%n}\nutil.return %0 : !stream.resource<*>\n}",
    "notify": "util.func private @x(%n: i32) {\nutil.return\n}",
}


def _is_public(op: Operation) -> bool:
    visibility = op.properties.get("sym_visibility")
    return not isinstance(visibility, StringAttr) or visibility.data == "public"


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


# Operands by name


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


def copy_of(op: Operation, value: SSAValue) -> SSAValue:
    """The same contents in a resource that nothing else names, made in front of `op` by a kernel: IREE takes clones away."""
    kind = value.type
    return splice(
        op,
        f"%0 = stream.async.dispatch @{COPY.name}::@{COPY.name}(%r[%z to %n for %n]) : ({kind}{{%n}}) -> {kind}{{%n}}",
        r=value,
        z=constant(op, 0),
        n=constant(op, SIZE),
    )[0]


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


# What becomes of each op


def _nothing(_: _One, __: Operation) -> None:
    pass


def _only_sizes(_: _One, op: Operation) -> None:
    sized(op)


def _constant(_: _One, op: Operation) -> None:
    sized(op)
    made = splice(
        op,
        f"%0 = stream.async.constant : {op.results[0].type}{{%n}} = dense<{known_first(op)}> : tensor<{SIZE // 4}xi32>",
        n=constant(op, SIZE),
    )[0]
    op.properties["value"] = made.owner.properties["value"]  # type: ignore[union-attr]
    _drop(made.owner)
    copied_after(op.results[0])


def known_first(op: Operation) -> int:
    """The first element of a constant."""
    value: Any = op.properties["value"]
    return int(value.get_values()[0])


def _drop(op: Any) -> None:
    op.detach()
    op.erase()


def _alloca(_: _One, op: Operation) -> None:
    """What storage holds at first is not defined."""
    sized(op)
    after = op.next_op
    assert after is not None
    result = op.results[0]
    filled = splice(
        after,
        f"%v = arith.constant 3 : i32\n"
        f"%0 = stream.async.fill %v, %r[%z to %n for %n] : i32 -> %r as {result.type}{{%n}}",
        r=result,
        z=constant(op, 0),
        n=constant(op, SIZE),
    )[0]
    result.replace_uses_with_if(filled, lambda use: use.operation is not filled.owner)


def _slice(_: _One, op: Operation) -> None:
    """A part, put back into a whole resource."""
    where = places(op)
    sized(op)
    if not fit(op, where["source_offset"][0], where["source_end"][0]):
        return
    op.operands[where["result_size"][0]] = constant(op, PART)
    after, result = op.next_op, op.results[0]
    assert after is not None
    kind = result.type
    whole = splice(
        after,
        f"%v = arith.constant 9 : i32\n%0 = stream.async.splat %v : i32 -> {kind}{{%n}}\n"
        f"%1 = stream.async.update %r, %0[%z to %p] : {kind}{{%p}} -> %0 as {kind}{{%n}}",
        r=result,
        z=constant(op, 0),
        p=constant(op, PART),
        n=constant(op, SIZE),
    )[0]
    result.replace_uses_with_if(whole, lambda use: use.operation is not whole.owner)


def _fill(_: _One, op: Operation) -> None:
    sized(op)
    where = places(op)
    fit(op, where["target_offset"][0], where["target_end"][0], where["target_length"][0])


def _update(_: _One, op: Operation) -> None:
    sized(op)
    where = places(op)
    source = where["update"][0]
    apart(op, where["target"][0], source)
    if fit(op, where["target_offset"][0], where["target_end"][0]):
        value = op.operands[source]
        op.operands[source] = splice(
            op,
            f"%0 = stream.async.slice %r[%z to %p] : {value.type}{{%n}} -> {value.type}{{%p}}",
            r=value,
            z=constant(op, 0),
            p=constant(op, PART),
            n=constant(op, SIZE),
        )[0]
        op.operands[where["update_size"][0]] = constant(op, PART)


def _copy(_: _One, op: Operation) -> None:
    sized(op)
    where = places(op)
    apart(op, where["target"][0], where["source"][0])


def _dispatch(one: _One, op: Operation) -> None:
    sized(op)
    where = places(op)
    operands = where["resource_operands"]
    ties = _ties(op)
    for tied in ties:
        if tied >= 0:
            apart(op, operands[tied], *(n for n in operands if n != operands[tied]))
    ranges = zip(
        where["resource_operand_offsets"],
        where["resource_operand_ends"],
        where["resource_operand_lengths"],
        strict=True,
    )
    arguments: list[Argument] = []
    for place, number in enumerate(operands):
        if not isinstance(op.operands[number].type, ResourceType):
            arguments.append(Argument("scalar"))
            continue
        first, last, length = next(ranges)
        if place in ties and len(ties) > 1:  # all outputs of a kernel have one shape
            op.operands[first] = constant(op, 1)
        is_part = fit(op, first, last, length)
        arguments.append(Argument("readwrite" if place in ties else "readonly", PART if is_part else SIZE))
    arguments += [Argument("writeonly", SIZE) for tied in ties if tied < 0]
    entries: Any = op.properties["entry_points"]
    variant = int(entries.data[0].nested_references.data[0].data[1:])
    kernel = Kernel(variant, len(where["workload"]), tuple(arguments))
    one.kernels[kernel] = None
    op.properties["entry_points"] = type(entries)([SymbolRefAttr(kernel.name, [kernel.name])])


def _ties(op: Operation) -> list[int]:
    ties: Any = op.properties.get("tied_operands")
    return [int(tied.value.data) for tied in ties] if ties is not None else [-1] * len(op.results)


def _copied(_: _One, op: Operation) -> None:
    """An op that nothing here runs: its resources are copies of the first that it is given."""
    n = constant(op, SIZE)
    given = next((value for value in op.operands if isinstance(value.type, ResourceType)), None)
    for result in op.results:
        kind = result.type
        if isinstance(kind, ResourceType) and given is not None:
            made = splice(op, f"%0 = stream.async.clone %r : {given.type}{{%n}} -> {kind}{{%n}}", r=given, n=n)
        elif isinstance(kind, ResourceType):
            made = splice(op, f"%v = arith.constant 5 : i32\n%0 = stream.async.splat %v : i32 -> {kind}{{%n}}", n=n)
        elif isinstance(kind, TimepointType):
            made = splice(op, "%0 = stream.timepoint.immediate => !stream.timepoint")
        elif kind in (i1, i32) or isinstance(kind, IndexType):
            made = splice(op, f"%0 = arith.constant {'true' if kind == i1 else f'2 : {kind}'}")
        else:
            continue
        result.replace_all_uses_with(made[0])
    if all(result.first_use is None for result in op.results):
        _drop(op)


def _barrier(_: _One, op: Operation) -> None:
    """What a barrier gives may be used once its timepoint is reached, which the generator does not care for."""
    sized(op)
    after = op.next_op
    assert after is not None
    resource, ready = op.results
    waited = splice(
        after,
        f"%0 = stream.timepoint.await %t => %r : {resource.type}{{%n}}",
        r=resource,
        t=ready,
        n=constant(op, SIZE),
    )[0]
    resource.replace_uses_with_if(waited, lambda use: use.operation is not waited.owner)


def _parameters(one: _One, op: Operation) -> None:
    sized(op)
    where = places(op)
    for kind in ("source", "target"):
        for single in (f"{kind}_offset", f"{kind}_offsets"):
            ends = where.get(single.replace("offset", "end"), [])
            lengths = where.get(single.replace("offset", "length"), [])
            for first, last, length in zip(where.get(single, []), ends, lengths, strict=False):
                fit(op, first, last, length)
    scopes = [_text_of(op.operands[n]) for name, numbers in where.items() if name.endswith("_scope") for n in numbers]
    keys = [_text_of(op.operands[n]) for name, numbers in where.items() if "_key" in name for n in numbers]
    for key in keys:
        one.keys.setdefault(scopes[0] if scopes else "", {})[key] = None


def _loads_parameters(one: _One, op: Operation) -> None:
    _parameters(one, op)
    for use in list(op.results[0].uses):
        if use.operation.name == "stream.timepoint.await":
            copied_after(use.operation.results[use.index])


def _reads_parameters(one: _One, op: Operation) -> None:
    """IREE gives the resource no copy where the op changes it in place and others use it too: it gets one here."""
    _parameters(one, op)
    target = places(op)["target"][0]
    op.operands[target] = copy_of(op, op.operands[target])


def _text_of(value: SSAValue) -> str:
    owner = value.owner
    assert isinstance(owner, Operation)
    text = owner.properties["value"]
    assert isinstance(text, StringAttr)
    return text.data


def _writes_parameters(one: _One, op: Operation) -> None:
    """Nothing orders writes of one parameter by two ops: each op has parameters of its own."""
    _parameters(one, op)
    where = places(op)
    for use in list(op.results[0].uses):
        if use.operation.name == "stream.timepoint.await":
            _keep(use.operation.results[use.index])
    for name, numbers in where.items():
        for n in numbers if "_key" in name else ():
            one.written += 1
            key = f"out{one.seed}_{one.written}"
            op.operands[n] = splice(op, f'%0 = util.buffer.constant : !util.buffer = "{key}"')[0]
    _parameters(one, op)


def _keep(value: SSAValue) -> None:
    """Uses a resource: the clean-up of both tools drops writes whose resource nobody uses afterwards."""
    owner = value.owner
    assert isinstance(owner, Operation)
    assert owner.next_op is not None
    splice(owner.next_op, f"%0 = util.optimization_barrier %r : {value.type}", r=value)


def _copies(_: _One, op: Operation) -> None:
    """An op whose results or arguments are its operands under another name: IREE looks through none when it places copies."""
    for number, value in enumerate(op.operands):
        if isinstance(value.type, ResourceType):
            op.operands[number] = copy_of(op, value)


def _global(one: _One, op: Operation) -> None:
    symbol: Any = op.properties.get("global")
    op.properties["global"] = SymbolRefAttr(one.name(symbol.root_reference.data))


def _stores(one: _One, op: Operation) -> None:
    _global(one, op)
    moved = op.operands[0].owner
    if isinstance(moved, Operation) and moved.name == "stream.async.transfer":
        _copies(one, moved)


def _call(one: _One, op: Operation) -> None:
    _copies(one, op)
    symbol: Any = op.properties["callee"]
    op.properties["callee"] = SymbolRefAttr(one.name(symbol.root_reference.data))


def _assert(_: _One, op: Operation) -> None:
    """The condition may be false: what must hold is that it is or that it is not."""
    made = splice(
        op,
        "%t = arith.constant true\n%u = util.optimization_barrier %t : i1\n%0 = arith.ori %c, %u : i1",
        c=op.operands[0],
    )
    op.operands[0] = made[0]


def _condition(one: _One, op: Operation) -> None:
    """A loop ends where the fuel does."""
    _copies(one, op)
    name = one.name("fuel")
    made = splice(
        op,
        f"%l = util.global.load @{name} : i32\n%one = arith.constant 1 : i32\n%zero = arith.constant 0 : i32\n"
        f"%s = arith.subi %l, %one : i32\nutil.global.store %s, @{name} : i32\n%m = arith.cmpi sgt, %l, %zero : i32\n"
        "%0 = arith.andi %c, %m : i1",
        globals_=f"util.global private mutable @{name} : i32",
        c=op.operands[0],
    )
    op.operands[0] = made[0]


_REWRITES: dict[str, Rewrite] = {
    **dict.fromkeys(
        (
            "stream.async.splat",
            "stream.async.clone",
            "stream.async.transfer",
            "stream.async.barrier",
            "stream.async.cast",
            "stream.async.load",
            "stream.async.store",
            "stream.async.execute",
            "stream.async.concurrent",
            "stream.timepoint.await",
            "stream.yield",
            "stream.tensor.export",
            "stream.tensor.import",
        ),
        _only_sizes,
    ),
    **dict.fromkeys(
        (
            "stream.async.call",
            "stream.async.collective",
            "stream.channel.create",
            "stream.resource.subview",
            "stream.timepoint.export",
            "stream.timepoint.import",
            "stream.timepoint.chain_external",
        ),
        _copied,
    ),
    "stream.timepoint.barrier": _barrier,
    "stream.async.constant": _constant,
    "stream.async.alloca": _alloca,
    "stream.async.slice": _slice,
    "stream.async.fill": _fill,
    "stream.async.update": _update,
    "stream.async.copy": _copy,
    "stream.async.dispatch": _dispatch,
    "stream.async.parameter.load": _loads_parameters,
    **{f"stream.async.parameter.{name}": _reads_parameters for name in ("read", "gather")},
    **{f"stream.async.parameter.{name}": _writes_parameters for name in ("write", "scatter")},
    **dict.fromkeys(
        (
            "arith.select",
            "util.optimization_barrier",
            "util.return",
            "func.return",
            "cf.br",
            "cf.cond_br",
            "scf.for",
            "scf.while",
            "scf.yield",
        ),
        _copies,
    ),
    "util.global.load": _global,
    "util.global.store": _stores,
    "util.call": _call,
    "func.call": _call,
    "cf.assert": _assert,
    "scf.condition": _condition,
}
