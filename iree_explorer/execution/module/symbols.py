"""What code finds in its module by name: functions, globals, kernels; and what its values and ops are called."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from xdsl.ir import Operation

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.steps import Code
from iree_explorer.execution.faults import Locate, no_location
from iree_explorer.execution.fields import field, text
from iree_explorer.execution.kernels.arith import constant_value
from iree_explorer.execution.kernels.compiled import CACHE, Kernel, find_export, find_function
from iree_explorer.execution.kernels.grid import Sizes, sizes_of_grid
from iree_explorer.execution.parameters import Parameters
from iree_explorer.execution.values.elements import element_of, scalar
from iree_explorer.execution.values.resources import Global
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.symbols import symbol_name
from iree_explorer.partitioning.trace.recording import OpIds
from iree_explorer.partitioning.trace.regions import OpPlace, RegionNames, op_places
from iree_explorer.syntax.printing.names import Names

_PLAIN = frozenset({"integer_type", "index", "f16", "bf16", "f32", "f64"})


class Symbols(ABC):
    """The symbols of a module and the state that lives between calls: its globals.

    Args:
        module: stream IR, scheduled or not.
        locate: says where ops stand in the text.
        parameters: those that the module names.
        places: tells where ops run, as a schedule's trace numbers regions; by default regions are numbered in text order.
    """

    def __init__(
        self,
        module: ModuleOp,
        locate: Locate = no_location,
        parameters: Parameters | None = None,
        places: Callable[[], Mapping[Operation, OpPlace]] | None = None,
    ) -> None:
        self.module = module
        self.locate = locate
        self.parameters = parameters or Parameters()
        self._kernels: dict[tuple[str, ...], Kernel] = {}
        self._numbers: dict[Operation, int] | None = None
        self._tell_places = places or self._places_in_text
        self._names: Mapping[int, str] | None = None
        named = ((symbol_name(op), op) for op in module.body.block.ops)
        self._symbols = {name: op for name, op in named if name is not None}
        self._globals = {name: _global(op) for name, op in self._symbols.items() if op.name == "util.global"}

    @abstractmethod
    def function(self, name: str) -> Code:
        """A host function, compiled the first time.

        Raises:
            InputError: there is none.
            ExecutionError: it has no body, or holds an op that the backend does not know.
        """

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

    @cached_property
    def places(self) -> Mapping[Operation, OpPlace]:
        """Where execution regions, and the ops in them, run."""
        return self._tell_places()

    def place_words(self, function: str) -> Mapping[Operation, str]:
        """The same in words, for the reader of a call of `function`; see `OpPlace.words`."""
        return {op: place.words(function) for op, place in self.places.items()}

    def _places_in_text(self) -> Mapping[Operation, OpPlace]:
        names = RegionNames(OpIds(self.module))
        return op_places((op, names) for op in self.module.ops if isinstance(op, FunctionOpInterface))


def _global(op: Operation) -> Global:
    """A global with its initial value; numbers that are given none are 0, as in IREE's virtual machine."""
    name, initial, type_ = text(op, "sym_name"), field(op, "initial_value"), field(op, "type")
    is_plain = type_ is not None and type_.name in _PLAIN
    if initial is None:
        return Global(name, scalar(0, element_of(type_)) if is_plain and type_ is not None else None)
    return Global(name, constant_value(initial, type_) if is_plain and type_ is not None else initial)
