"""A module made ready to run: its functions, compiled when first called."""

from collections.abc import Callable, Mapping
from copy import copy
from threading import Event

from typing_extensions import override
from xdsl.ir import Operation

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.code.steps import Code
from iree_explorer.execution.device import collectives, dispatch, transfers
from iree_explorer.execution.faults import Locate, no_location
from iree_explorer.execution.host import channels, checks, containers, control, hal, stream
from iree_explorer.execution.host import parameters as parameter_ops
from iree_explorer.execution.host.table import HOST
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.execution.module.symbols import Symbols
from iree_explorer.execution.parameters import Parameters
from iree_explorer.ir.interfaces.functions import FunctionOpInterface, is_public_function
from iree_explorer.partitioning.trace.regions import OpPlace

_REGISTERED = (channels, checks, collectives, containers, control, dispatch, hal, parameter_ops, stream, transfers)
"""Modules that fill the tables of host and device ops when they are imported."""


class Program(Symbols):
    """A module and the state that lives between calls: its globals, its functions once they are compiled.

    Args:
        module: stream IR, scheduled or not.
        locate: says where ops stand in the text.
        parameters: those that the module names.
        places: see `Symbols`.
    """

    def __init__(
        self,
        module: ModuleOp,
        locate: Locate = no_location,
        parameters: Parameters | None = None,
        places: Callable[[], Mapping[Operation, OpPlace]] | None = None,
    ) -> None:
        super().__init__(module, locate, parameters, places)
        self._functions: dict[str, Code] = {}
        self._initializers: list[Code] | None = None
        self._is_stepped = False
        self._initialized = Event()

    def for_stepping(self) -> "Program":
        """The same program, with the same globals, compiled for a debugger."""
        twin = copy(self)
        twin._is_stepped = True
        twin._functions = {}
        twin._initializers = None
        return twin

    def prepare(self, function: str) -> None:
        """Compiles what a call of `function` runs first, so that it takes none of the call's time.

        Raises:
            InputError, ExecutionError: it cannot be compiled.
        """
        if not self._initialized.is_set():
            self._initializer_codes()
        self.function(function)

    def initialize(self, run: Run) -> None:
        """Runs the initializers, in order, once; again after a call in which one failed or was interrupted."""
        if self._initialized.is_set():
            return
        for code in self._initializer_codes():
            run.call(code, ())
        self._initialized.set()

    def _initializer_codes(self) -> list[Code]:
        if self._initializers is None:
            ops = self.module.body.block.ops
            self._initializers = [self._code(op) for op in ops if op.name == "util.initializer"]
        return self._initializers

    def functions(self) -> list[str]:
        """Names of the functions that have a body and are public, in order."""
        return [name for name, op in self._symbols.items() if is_public_function(op)]

    def function_op(self, name: str) -> FunctionOpInterface:
        """The op of a function.

        Raises:
            InputError: the module has none of that name.
        """
        op = self._symbols.get(name)
        if not isinstance(op, FunctionOpInterface):
            known = ", ".join(self.functions()) or "none"
            raise InputError(f"the module has no function '{name}'; public functions: {known}")
        return op

    @override
    def function(self, name: str) -> Code:
        found = self._functions.get(name)
        if found is None:
            op = self.function_op(name)
            if op.is_declaration:
                raise ExecutionError(f"function @{name} has no body: it is defined elsewhere")
            found = self._functions[name] = self._code(op)
        return found

    def _code(self, op: Operation) -> Code:
        return HostScope(HOST, self.locate, symbols=self, is_stepped=self._is_stepped).code(op.regions[0])
