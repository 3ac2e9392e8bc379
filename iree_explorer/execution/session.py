"""A module made ready to run: symbols, globals, functions compiled when first called."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from threading import Event
from typing import Any

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution.device import collectives as collective_ops
from iree_explorer.execution.device import dispatch
from iree_explorer.execution.device import transfers as device_ops
from iree_explorer.execution.faults import Locate, no_location
from iree_explorer.execution.fields import field, text
from iree_explorer.execution.host import checks as check_ops
from iree_explorer.execution.host import containers
from iree_explorer.execution.host import control as host_control
from iree_explorer.execution.host import hal as host_hal
from iree_explorer.execution.host import parameters as parameter_ops
from iree_explorer.execution.host import stream as host_stream
from iree_explorer.execution.host.code import HOST, HostScope, Run
from iree_explorer.execution.kernels.arith import constant_value
from iree_explorer.execution.kernels.compiled import CACHE, Kernel, find_export, find_function
from iree_explorer.execution.kernels.grid import Sizes, sizes_of_grid
from iree_explorer.execution.parameters import Parameters
from iree_explorer.execution.program import RUN, Code
from iree_explorer.execution.values.elements import element_of, scalar
from iree_explorer.execution.values.resources import Global
from iree_explorer.syntax.printing.names import Names

FUNCTIONS = frozenset({"util.func", "func.func"})
_PLAIN = frozenset({"integer_type", "index", "f16", "bf16", "f32", "f64"})
_REGISTERED = (
    check_ops,
    collective_ops,
    containers,
    device_ops,
    dispatch,
    host_control,
    host_hal,
    host_stream,
    parameter_ops,
)
"""Modules that fill the tables of host and device ops when they are imported."""


class Function:
    """A host function."""

    def __init__(self, name: str, code: Code) -> None:
        self.name = name
        self._code = code

    def call(self, run: Run, values: Sequence[Any]) -> list[Any]:
        """Runs it; what it returns.

        Raises:
            ExecutionError: wherever it goes wrong.
        """
        frame = self._code.frame()
        frame[RUN] = run
        if not run.witnesses:
            return self._code(values, frame)
        for witness in run.witnesses:
            witness.entered(self._code.scope, frame)
        results = self._code(values, frame)
        for witness in run.witnesses:
            witness.left(frame)
        return results


class Program:
    """A module and the state that lives between calls: its globals.

    Args:
        module: stream IR, scheduled or not.
        locate: says where ops stand in the text.
        parameters: those that the module names.
    """

    def __init__(self, module: ModuleOp, locate: Locate = no_location, parameters: Parameters | None = None) -> None:
        self.module = module
        self.locate = locate
        self.parameters = parameters or Parameters()
        self._functions: dict[str, Function] = {}
        self._kernels: dict[tuple[str, ...], Kernel] = {}
        self._numbers: dict[Operation, int] | None = None
        self._names: Mapping[int, str] | None = None
        self._symbols = {text(op, "sym_name"): op for op in module.body.block.ops if field(op, "sym_name") is not None}
        self._globals = {name: _global(op) for name, op in self._symbols.items() if op.name == "util.global"}
        self.is_stepped = False
        self._initialized = Event()

    def for_stepping(self) -> "Program":
        """The same program, with the same globals, compiled for a debugger."""
        twin = copy(self)
        twin.is_stepped = True
        twin._functions = {}
        return twin

    def initialize(self, run: Run) -> None:
        """Runs the initializers, in order, once; again after a call in which one failed or was interrupted."""
        if self._initialized.is_set():
            return
        for op in self.module.body.block.ops:
            if op.name == "util.initializer":
                Function("initializer", self._code(op)).call(run, ())
        self._initialized.set()

    def functions(self) -> list[str]:
        """Names of the functions that have a body and are public, in order."""
        return [
            name
            for name, op in self._symbols.items()
            if op.name in FUNCTIONS and text(op, "sym_visibility", "public") == "public" and self.has_body(op)
        ]

    @staticmethod
    def has_body(op: Operation) -> bool:
        """Whether a function is more than a declaration."""
        return bool(op.regions) and op.regions[0].blocks.first is not None

    def function_op(self, name: str) -> Operation:
        """The op of a function.

        Raises:
            InputError: the module has none of that name.
        """
        op = self._symbols.get(name)
        if op is None or op.name not in FUNCTIONS:
            known = ", ".join(self.functions()) or "none"
            raise InputError(f"the module has no function '{name}'; public functions: {known}")
        return op

    def function(self, name: str) -> Function:
        """A function, compiled the first time.

        Raises:
            ExecutionError: it has no body, or holds an op that the backend does not know.
        """
        found = self._functions.get(name)
        if found is None:
            op = self.function_op(name)
            if not self.has_body(op):
                raise ExecutionError(f"function @{name} has no body: it is defined elsewhere")
            found = self._functions[name] = Function(name, self._code(op))
        return found

    def _code(self, op: Operation) -> Code:
        return HostScope(HOST, self.locate, program=self, is_stepped=self.is_stepped).code(op.regions[0])

    def global_named(self, name: str) -> Global:
        """A global.

        Raises:
            ExecutionError: there is none.
        """
        found = self._globals.get(name)
        if found is None:
            raise ExecutionError(f"the module has no global @{name}")
        return found

    def kernel(self, path: tuple[str, ...]) -> Kernel:
        """The kernel of an executable's export.

        Raises:
            ExecutionError: there is none, or it holds an op that the backend does not know.
        """
        found = self._kernels.get(path)
        if found is None:
            found = self._kernels[path] = CACHE.kernel(self.kernel_function(path), self.locate)
        return found

    def kernel_function(self, path: tuple[str, ...]) -> Operation:
        """The function of an executable's export.

        Raises:
            ExecutionError: there is none.
        """
        return find_function(self._executable(path), path[-1])

    def grid(self, path: tuple[str, ...]) -> Callable[[Sequence[Any]], Sizes]:
        """The function from a workload to the sizes of the grid of an executable's export.

        Raises:
            ExecutionError: there is none, or it does not say.
        """
        return sizes_of_grid(find_export(self._executable(path), path[-1]))

    def _executable(self, path: tuple[str, ...]) -> Operation:
        executable = self._symbols.get(path[0])
        if executable is None or executable.name != "stream.executable":
            raise ExecutionError(f"the module has no executable @{path[0]}")
        return executable

    @property
    def names(self) -> Mapping[int, str]:
        """The names of all values, by the `id` of the value."""
        if self._names is None:
            self._names = Names.of(self.module).values
        return self._names

    def op_number(self, op: Operation) -> int:
        """The number of an op, counting all in pre-order from the module, 0."""
        if self._numbers is None:
            self._numbers = {inner: number for number, inner in enumerate(self.module.walk())}
        return self._numbers.get(op, -1)


def _global(op: Operation) -> Global:
    """A global with its initial value; numbers that are given none are 0, as in IREE's virtual machine."""
    name, initial, type_ = text(op, "sym_name"), field(op, "initial_value"), field(op, "type")
    is_plain = type_ is not None and type_.name in _PLAIN
    if initial is None:
        return Global(name, scalar(0, element_of(type_)) if is_plain and type_ is not None else None)
    return Global(name, constant_value(initial, type_) if is_plain and type_ is not None else initial)
