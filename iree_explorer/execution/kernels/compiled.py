"""Kernels: exported functions of executables, compiled once and kept by content."""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from copy import copy
from threading import Lock
from typing import Any

import numpy as np
from xdsl.ir import Operation, Region, SSAValue

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Table, returns
from iree_explorer.execution.code.steps import RUN, Code, Frame
from iree_explorer.execution.faults import Locate, OpError, no_location
from iree_explorer.execution.fields import describe, text
from iree_explorer.execution.kernels import workspace
from iree_explorer.execution.kernels.affine import AFFINE
from iree_explorer.execution.kernels.arith import ARITH
from iree_explorer.execution.kernels.bindings import BINDINGS, filled_bindings
from iree_explorer.execution.kernels.calls import CALL_NAMES, CALLS, callee
from iree_explorer.execution.kernels.casts import CASTS
from iree_explorer.execution.kernels.cf import CF
from iree_explorer.execution.kernels.complex import COMPLEX
from iree_explorer.execution.kernels.extended import EXTENDED
from iree_explorer.execution.kernels.grid import GRIDS, Sizes, asks_for_place
from iree_explorer.execution.kernels.linalg import LINALG
from iree_explorer.execution.kernels.linalg_ext import LINALG_EXT
from iree_explorer.execution.kernels.math import MATH
from iree_explorer.execution.kernels.scf import SCF
from iree_explorer.execution.kernels.scope import GRID, SPACE, KernelScope
from iree_explorer.execution.kernels.tensor import TENSOR
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.symbols import nearest_symbol_table, symbol_name

KERNELS: Table[KernelScope] = Table(
    ARITH, EXTENDED, CASTS, MATH, COMPLEX, TENSOR, LINALG, LINALG_EXT, AFFINE, CF, SCF, BINDINGS, CALLS, GRIDS
)
KERNELS.leaves("func.return", "util.return")(returns)

_KEPT = 4096


class Kernel:
    """A compiled kernel: a function of bindings and scalars, with no state of its own.

    Args:
        code: what it does; one code serves all functions that do the same.
        compiled: the function that the code was compiled from.
        function: the one that errors are told of; by default that.
        locate: says where its ops stand.

    Attributes:
        fills: of bindings that it surely writes whole, from the first byte, by argument: how many bytes.
        is_tiled: it asks which workgroup it is, and does the work of that one.
    """

    def __init__(
        self, code: Code, compiled: Operation, function: Operation | None = None, locate: Locate = no_location
    ) -> None:
        self._code = code
        self._compiled = compiled
        self._function = function or compiled
        self._locate = locate
        self.fills = filled_bindings(compiled)
        self.is_tiled = asks_for_place(compiled)

    def of(self, function: Operation, locate: Locate) -> "Kernel":
        """The same for another function of the same content: errors are told in the words of that one's text."""
        kernel = copy(self)
        kernel._function, kernel._locate = function, locate
        return kernel

    def __call__(
        self, arguments: Sequence[Any], run: Any = None, *, is_aliased: bool = False, grid: Sizes = (1, 1, 1)
    ) -> None:
        """Runs on byte arrays (bindings) and numpy scalars, in the order of the function's arguments.

        Args:
            arguments: those.
            run: of which it is a part: when that is stopped, loops end. None: of none.
            is_aliased: bytes of a binding that are written may be read, or written, through another one.
            grid: how many workgroups there are in each dimension; they run one after the other.

        Raises:
            ExecutionError: of the op that failed.
        """
        if len(arguments) != len(self._code.arguments):
            raise ExecutionError(f"a kernel of {len(self._code.arguments)} arguments is given {len(arguments)}")
        space = workspace.take()
        space.is_aliased = is_aliased
        frame = self._code.frame()
        frame[RUN], frame[SPACE] = run, space
        with np.errstate(all="ignore"):
            try:
                if self.is_tiled:
                    self._each(arguments, frame, grid)
                else:
                    self._code(arguments, frame)
            except OpError as error:
                raise retold(error, self._compiled, self._function, self._locate) from error
        workspace.give_back(space)

    def _each(self, arguments: Sequence[Any], frame: Frame, grid: Sizes) -> None:
        for z, y, x in np.ndindex(*reversed(grid)):
            frame[GRID] = (x, y, z), grid
            self._code(arguments, frame)


class KernelCache:
    """Kernels by what they compute, the latest few thousand; safe to share between threads."""

    def __init__(self, size: int = _KEPT) -> None:
        self._size = size
        self._kernels: OrderedDict[Hashable, Kernel] = OrderedDict()
        self._lock = Lock()

    def kernel(self, function: Operation, locate: Locate = no_location) -> Kernel:
        """The kernel of a function of an executable.

        Raises:
            ExecutionError: it holds an op that the backend does not know.
        """
        key = content(function)
        with self._lock:
            found = self._kernels.get(key)
            if found is not None:
                self._kernels.move_to_end(key)
        return (found or self._compile(key, function, locate)).of(function, locate)

    def _compile(self, key: Hashable, function: Operation, locate: Locate) -> Kernel:
        alone = _copied_out(function)
        try:
            kernel = Kernel(KernelScope(KERNELS, callers=frozenset({alone})).code(alone.regions[0]), alone)
        except OpError as error:
            raise retold(error, alone, function, locate) from error
        with self._lock:
            self._kernels[key] = kernel
            while len(self._kernels) > self._size:
                self._kernels.popitem(last=False)
        return kernel

    def clear(self) -> None:
        """Forgets all kernels; programs keep theirs."""
        with self._lock:
            self._kernels.clear()


def _copied_out(function: Operation) -> Operation:
    """The function in a copy of its module, without the program around it, which a kernel would else keep in memory."""
    module = nearest_symbol_table(function) or function
    copied = module.clone()
    return next(twin for twin, op in zip(copied.walk(), module.walk(), strict=True) if op is function)


CACHE = KernelCache()


def content(op: Operation, callers: frozenset[Operation] = frozenset()) -> Hashable:
    """What an op is, apart from names: equal for ops that do the same.

    Args:
        op: the op; of what it calls the content belongs to it.
        callers: ops whose content is being found, so that it ends for functions that call themselves.
    """
    numbers: dict[SSAValue, int] = {}
    around = callers | {op}

    def of_callee(inner: Operation) -> Hashable:
        function = callee(inner) if inner.name in CALL_NAMES else None
        return content(function, around) if function is not None and function not in around else None

    def of_region(region: Region) -> Hashable:
        blocks = list(region.blocks)
        places = {block: place for place, block in enumerate(blocks)}
        parts: list[Hashable] = []
        for block in blocks:
            for argument in block.args:
                numbers[argument] = len(numbers)
            parts.append((tuple(argument.type for argument in block.args), tuple(of_op(o, places) for o in block.ops)))
        return tuple(parts)

    def of_op(inner: Operation, places: dict[Any, int]) -> Hashable:
        operands = tuple(numbers.get(value, -1) for value in inner.operands)
        regions = tuple(of_region(region) for region in inner.regions)
        for result in inner.results:
            numbers[result] = len(numbers)
        return (
            inner.name,
            operands,
            tuple(result.type for result in inner.results),
            tuple(inner.properties.items()),
            tuple(item for item in inner.attributes.items() if item[0] != "name"),
            tuple(places.get(successor) for successor in inner.successors),
            regions,
            of_callee(inner),
        )

    return tuple(of_region(region) for region in op.regions)


def retold(error: OpError, compiled: Operation, function: Operation, locate: Locate) -> OpError:
    """An error of an op of `compiled` in the words of `function`, which has the same content.

    Args:
        error: that.
        compiled: a function of a kernel; the op is in it or in a function that it calls.
        function: as that of the program that runs.
        locate: says where ops of that program stand.
    """
    pairs, seen = [(compiled, function)], {compiled}
    for first, second in pairs:
        for mine, theirs in zip(first.walk(), second.walk(), strict=True):
            if mine is error.op:
                return OpError(theirs, error.reason, locate)
            called = callee(mine) if mine.name in CALL_NAMES else None
            other = callee(theirs) if called is not None else None
            if called is not None and other is not None and called not in seen:
                seen.add(called)
                pairs.append((called, other))
    return error


def find_export(executable: Operation, name: str) -> Operation:
    """An export of an executable.

    Raises:
        ExecutionError: there is none of that name.
    """
    for op in executable.walk():
        if op.name == "stream.executable.export" and symbol_name(op) == name:
            return op
    raise ExecutionError(f"{describe(executable)} exports no @{name}")


def find_function(executable: Operation, export: str) -> Operation:
    """The function that an export of an executable names.

    Raises:
        ExecutionError: there is none, or it has no body.
    """
    name = text(find_export(executable, export), "function_ref", export)
    for op in executable.walk():
        if isinstance(op, FunctionOpInterface) and symbol_name(op) == name:
            if op.is_declaration:
                raise ExecutionError(f"kernel @{name} has no body: it is compiled elsewhere")
            return op
    raise ExecutionError(f"{describe(executable)} has no function @{name}")
