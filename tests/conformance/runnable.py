"""Programs of the generator made to run: the same ops in the same order, with kernels that compute something.

The generator cares for schedules only: sizes and ranges need not fit, loops need not end, executables are not there. Here every
resource gets `SIZE` bytes, every range fits, every dispatch gets an executable, and a public function calls each of the
program's. What no CPU runtime has (collectives, external device functions, tensors that are not encoded yet) becomes a copy.
Then IREE's own passes give resources their lifetimes and copies where ties ask for them, as they do before scheduling. Where
they do not follow a resource it gets a copy and a lifetime; and no two dispatches are equal, as IREE makes one of such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from xdsl.dialects.builtin import StringAttr, i32
from xdsl.ir import Operation

from iree_explorer.dialects.stream.attributes import PartitioningConfigAttr
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.partitioning.config import FAVOR_ATTR, Favor
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.conformance.generator import program
from tests.conformance.kernels import Kernel, executable
from tests.conformance.rewrites import REWRITES, copied, nothing
from tests.conformance.rewriting import (
    ANY,
    COPY,
    FUNCTIONS,
    SIZE,
    tell_apart,
)

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
_TARGET: Final = '#hal.executable.target<"llvm-cpu", "embedded-elf-x86_64", {cpu = "generic", native_vector_size = 16 : i64, target_triple = "x86_64-unknown-unknown-eabi-elf"}>'
DEVICES: Final = ("dev_a", "dev_b", "dev_c", "dev_d")


def favoring(text: str, favor: str) -> str:
    """A program that asks for a favor, except where an op of it asks for another."""
    module = parse(text).op
    module.attributes[FAVOR_ATTR] = PartitioningConfigAttr(Favor(favor))
    return readable(print_module(module))


def readable(text: str) -> str:
    """A text that `iree-opt` printed so that it can read it."""
    return _FAVOR.sub(r'<"\1">', text)


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
        one = One(seed, kernels, keys)
        parts.append(one.text())
        functions[seed] = one.entries
    devices = [
        f'util.global private @{name} = #hal.device.target<"local", {{ordinal = {number} : index}}, [{_TARGET}]> : !hal.device'
        for number, name in enumerate(DEVICES)
    ]
    head = f"module attributes {{stream.affinity.default = #hal.device.affinity<@{DEVICES[0]}>}} {{"
    text = "\n".join([head, *devices, *(executable(kernel) for kernel in kernels), *parts, "}"])
    text = readable(text)
    prepared, _ = oracle.iree_opt(text, *PREPARE)
    return (
        None
        if prepared is None
        else Runnable(readable(prepared), functions, {scope: list(found) for scope, found in keys.items()})
    )


@dataclass
class One:
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
                REWRITES.get(op.name, copied if op.name.startswith("stream.tensor.") else nothing)(self, op)
        for number, op in enumerate(op for op in list(module.walk()) if op.name == "stream.async.dispatch"):
            tell_apart(op, number)
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
            f"util.global private mutable @{self.name('state')} : !stream.resource<variable>\n"
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
        if symbol.data in (*DEVICES, "state") or op.name == "stream.async.func":
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
        inputs: Any = getattr(type_, "inputs")  # noqa: B009 (of any type)
        outputs: Any = getattr(type_, "outputs")  # noqa: B009 (of any type)
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
                f"%k{number} = stream.async.constant : {ANY}{{%size}} = dense<[{values}]> : tensor<{SIZE // 4}xi32>\n"
                f"%t{number} = arith.constant {number} : i32\n%a{number} = stream.async.dispatch @{COPY.name}::@{COPY.name}"
                f"(%k{number}[%z{number} to %size for %size], %t{number}) : ({ANY}{{%size}}, i32) -> {type_}{{%size}}"
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
