"""Executables for generated programs: whole-tensor linalg on i32, exact on every backend."""

from dataclasses import dataclass
from typing import Final

ROWS: Final = 4
COLUMNS: Final = 16
_ROW_BYTES: Final = COLUMNS * 4
_MAP: Final = {True: "affine_map<(d0, d1) -> (d0, d1)>", False: "affine_map<(d0, d1) -> (d1)>"}
_COMBINE: Final = ("addi", "xori", "maxsi", "minsi")


IDENTITY: Final = 9
"""The variant that copies its only input."""


@dataclass(frozen=True)
class Argument:
    """What a kernel is given.

    Attributes:
        access: "scalar" (an i32), or how a binding is used: "readonly", "readwrite", "writeonly".
        size: of the binding, in bytes: 4 rows of 16 numbers, or one row.
    """

    access: str
    size: int = 0

    @property
    def is_matrix(self) -> bool:
        """Whether it has all rows."""
        return self.size > _ROW_BYTES

    @property
    def tensor(self) -> str:
        """Its type."""
        return f"tensor<{ROWS}x{COLUMNS}xi32>" if self.is_matrix else f"tensor<{COLUMNS}xi32>"

    @property
    def handle(self) -> str:
        """The type of the binding's tensor."""
        return f"!iree_tensor_ext.dispatch.tensor<{self.access}:{self.tensor}>"

    @property
    def whole(self) -> str:
        """The slice that is all of it."""
        sizes = f"{ROWS}, {COLUMNS}" if self.is_matrix else str(COLUMNS)
        zeros, ones = (", ".join([one] * (2 if self.is_matrix else 1)) for one in ("0", "1"))
        return f"offsets = [{zeros}], sizes = [{sizes}], strides = [{ones}]"


@dataclass(frozen=True)
class Kernel:
    """What a kernel computes: each binding that is written gets numbers of all that are read, the scalars and its place.

    Attributes:
        variant: how the numbers are combined, and whether rows are summed first.
        workload: how many numbers a dispatch gives besides.
        arguments: in order.
    """

    variant: int
    workload: int
    arguments: tuple[Argument, ...]

    @property
    def name(self) -> str:
        """Of the executable and of its export."""
        codes = {"scalar": "s", "readonly": "r", "readwrite": "x", "writeonly": "w"}
        spelled = "".join(
            codes[a.access] + ("" if a.access == "scalar" or a.is_matrix else "p") for a in self.arguments
        )
        return f"k{self.variant}_{self.workload}_{spelled}"


def executable(kernel: Kernel) -> str:
    """The executable."""
    lines = ["%c0 = arith.constant 0 : index"]
    arguments: list[str] = []
    inputs: list[int] = []
    for number, argument in enumerate(kernel.arguments):
        arguments.append(f"%a{number}: {'i32' if argument.access == 'scalar' else '!stream.binding'}")
        if argument.access == "scalar":
            continue
        lines.append(f"%b{number} = stream.binding.subspan %a{number}[%c0] : !stream.binding -> {argument.handle}")
        if argument.access != "writeonly":
            inputs.append(number)
            lines.append(
                f"%t{number} = iree_tensor_ext.dispatch.tensor.load %b{number}, {argument.whole} : {argument.handle} -> {argument.tensor}"
            )
    outputs = [
        number for number, argument in enumerate(kernel.arguments) if argument.access in ("readwrite", "writeonly")
    ]
    lines += _generic(kernel, outputs, inputs)
    for place, number in enumerate(outputs):
        argument = kernel.arguments[number]
        result = "%r" if len(outputs) == 1 else f"%r#{place}"
        lines.append(
            f"iree_tensor_ext.dispatch.tensor.store {result}, %b{number}, {argument.whole} : {argument.tensor} -> {argument.handle}"
        )
    workloads = ", ".join(f"%w{number}: index" for number in range(kernel.workload))
    body = "\n".join(lines)
    return (
        f"stream.executable private @{kernel.name} {{\n"
        f"stream.executable.export public @{kernel.name} workgroups({workloads}) -> (index, index, index) {{\n"
        "%x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()\n"
        "stream.return %x, %y, %z : index, index, index\n}\n"
        f"builtin.module {{\nfunc.func @{kernel.name}({', '.join(arguments)}) {{\n{body}\nreturn\n}}\n}}\n}}"
    )


def _generic(kernel: Kernel, outputs: list[int], inputs: list[int]) -> list[str]:
    """The lines that make `%r`, of one shape: a generic over all inputs; of those that are larger, over the first row."""
    output = kernel.arguments[outputs[0]]
    lines: list[str] = []
    values: list[tuple[str, Argument]] = []
    for place in inputs:
        argument, value = kernel.arguments[place], f"%t{place}"
        if argument.is_matrix and not output.is_matrix:
            row = f"%p{place}"
            lines.append(
                f"{row} = tensor.extract_slice {value}[0, 0] [1, {COLUMNS}] [1, 1] : {argument.tensor} to tensor<{COLUMNS}xi32>"
            )
            argument, value = Argument("readonly", _ROW_BYTES), row
        values.append((value, argument))
    maps = [_map(argument, output) for _, argument in values] + [_map(output, output)] * len(outputs)
    kinds = ", ".join(['"parallel"'] * (2 if output.is_matrix else 1))
    ins = f"ins({', '.join(v for v, _ in values)} : {', '.join(a.tensor for _, a in values)}) " if values else ""
    block = ", ".join([*(f"%i{place}: i32" for place in range(len(values))), *(f"%o{n}: i32" for n in outputs)])
    types = ", ".join([output.tensor] * len(outputs))
    results = "%r" if len(outputs) == 1 else f"%r:{len(outputs)}"
    lines.append(f"%e = tensor.empty() : {output.tensor}")
    lines.append(
        f"{results} = linalg.generic {{indexing_maps = [{', '.join(maps)}], iterator_types = [{kinds}]}} {ins}"
        f"outs({', '.join(['%e'] * len(outputs))} : {types}) {{\n^bb0({block}):"
    )
    return [*lines, *_body(kernel, outputs, len(values)), f"}} -> {types if len(outputs) == 1 else f'({types})'}"]


def _map(argument: Argument, output: Argument) -> str:
    return _MAP[argument.is_matrix] if output.is_matrix else "affine_map<(d0) -> (d0)>"


def _body(kernel: Kernel, outputs: list[int], count: int) -> list[str]:
    """The numbers of one point: its column, and everything that is read, each times an odd number."""
    lines = [
        f"%d = linalg.index {1 if kernel.arguments[outputs[0]].is_matrix else 0} : index",
        "%n = arith.index_cast %d : index to i32",
    ]
    terms = [f"%i{place}" for place in range(count)]
    terms += [f"%a{place}" for place, argument in enumerate(kernel.arguments) if argument.access == "scalar"]
    if kernel.variant == IDENTITY:
        return ["linalg.yield %i0 : i32"]
    results: list[str] = []
    for number in outputs:
        lines.append(f"%k{number} = arith.constant {2 * number + 2 * kernel.variant + 3} : i32")
        lines.append(f"%n{number} = arith.muli %n, %k{number} : i32")
        last = f"%n{number}"
        for place, term in enumerate(terms):
            lines.append(f"%m{number}_{place} = arith.muli {term}, %k{number} : i32")
            lines.append(
                f"%n{number}_{place} = arith.{_COMBINE[(kernel.variant + place) % 4]} {last}, %m{number}_{place} : i32"
            )
            last = f"%n{number}_{place}"
        results.append(last)
    return [*lines, f"linalg.yield {', '.join(results)} : {', '.join(['i32'] * len(results))}"]
