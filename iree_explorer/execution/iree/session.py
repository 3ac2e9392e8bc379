"""IREE's own runtime behind the interface of the numpy backend: values in and out, and the `check` module."""

import importlib
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from xdsl.dialects.builtin import FunctionType
from xdsl.ir import Attribute, Operation

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution.fields import field
from iree_explorer.execution.host.checks import almost_equal_failure, equal_failure
from iree_explorer.execution.host.hal import element_code, element_of_code
from iree_explorer.execution.iree.compile import INSTALL
from iree_explorer.execution.parameters import Parameters
from iree_explorer.execution.values.elements import Array, Element, element_named, pack, scalar
from iree_explorer.execution.values.resources import BufferView, Storage
from iree_explorer.execution.values.text import element_of_dtype

Input = tuple[Any, Element | None]
_FAULTS = (RuntimeError, ValueError, IndexError, KeyError, TypeError, MemoryError, OSError, NotImplementedError)
"""What the runtime's statuses become in Python."""
Failures = list[tuple[str, str]]
"""Names of `check` ops that did not hold, and why."""


def runtime() -> Any:
    """The package `iree.runtime`, which has no types.

    Raises:
        InputError: it is not installed.
    """
    try:
        return importlib.import_module("iree.runtime")
    except ImportError as error:
        raise InputError(f"the iree backend needs iree.runtime, which is not installed: {INSTALL}") from error


@cache
def _devices(driver: str, count: int) -> tuple[Any, ...]:
    """Devices of this process, each a worker pool of its own; they outlive their buffers, which must not be let go after them."""
    return tuple(runtime().get_device(driver, cache=False) for _ in range(count))


class Session:
    """A compiled module loaded once, with globals of its own.

    Args:
        binary: the module, as `iree_compile` makes it.
        devices: how many the module names, at least 1.
        workers: 1 runs all on the calling thread (`local-sync`); more, or None, on IREE's own pool (`local-task`).
        parameters: those that the module names.

    Raises:
        ExecutionError: the module cannot be loaded, or an initializer fails.
    """

    def __init__(self, binary: bytes, devices: int, workers: int | None, parameters: Parameters) -> None:
        self._rt = rt = runtime()
        # Kept: references that are still alive need it when they are let go.
        self._instance = instance = rt.VmInstance()
        driver = "local-sync" if workers == 1 else "local-task"
        self._devices = _devices(driver, max(1, devices))
        self._recorder = CheckRecorder(rt)
        try:
            self._module = rt.VmModule.copy_buffer(instance, binary)
        except ValueError as error:
            raise ExecutionError(f"IREE's runtime cannot load the module: {_short(error)}") from error
        modules = [
            rt.create_hal_module(instance, devices=list(self._devices)),
            rt.create_io_parameters_module(instance, *_providers(rt, parameters)),
            self._recorder.module(),
            self._module,
        ]
        try:
            self._context = rt.VmContext(instance, modules=modules)
        except _FAULTS as error:
            raise ExecutionError(f"IREE's runtime cannot load the module: {_short(error)}") from error

    @property
    def checks(self) -> int:
        """How many checks ran so far."""
        return self._recorder.count

    @property
    def failures(self) -> Failures:
        """Checks that did not hold so far."""
        return self._recorder.failures

    def call(self, op: Operation, inputs: Sequence[Input]) -> list[tuple[Any, Element | None]]:
        """Calls a function.

        Args:
            op: the function in the module before it was compiled.
            inputs: as `convert_input` gives them, each with its element type where known; no fences.

        Returns:
            Arrays and numpy scalars, each with its element type.

        Raises:
            ExecutionError: the runtime fails.
        """
        name = str(getattr(field(op, "sym_name"), "data", ""))
        type_ = field(op, "function_type")
        assert isinstance(type_, FunctionType)
        function = self._module.lookup_function(name)
        if function is None:
            raise ExecutionError(f"the compiled module does not export @{name}")
        given, results = self._rt.VmVariantList(len(type_.inputs)), self._rt.VmVariantList(len(type_.outputs))
        done = self._push(given, list(type_.inputs), inputs)
        try:
            self._context.invoke(function, given, results)
            if done is not None:
                done.wait()
        except _FAULTS as error:
            raise ExecutionError(f"@{name} fails in IREE's runtime: {_short(error)}") from error
        return [self._pull(results, number, kind) for number, kind in enumerate(type_.outputs)]

    def _push(self, given: Any, types: Sequence[Attribute], inputs: Sequence[Input]) -> Any:
        """Adds the arguments; fences wait for nothing, and the last one, returned here, says when all is done."""
        rest, done = iter(inputs), None
        fences = [place for place, type_ in enumerate(types) if type_.name == "hal.fence"]
        for place, type_ in enumerate(types):
            if type_.name == "hal.fence":
                is_last = place == fences[-1]
                fence = self._fence(1 if is_last else 0)
                done = fence if is_last else done
                given.push_ref(fence)
            else:
                self._push_value(given, type_, *next(rest))
        return done

    def _push_value(self, given: Any, type_: Attribute, value: Any, element: Element | None) -> None:
        if type_.name == "hal.buffer_view":
            array = np.asarray(value)
            given.push_ref(self._view(array, element or element_of_dtype(array.dtype)))
        elif isinstance(value, np.floating):
            given.push_float(float(value))
        elif isinstance(value, np.generic):
            given.push_int(int(value))
        else:
            raise InputError(f"the iree backend takes no input of type {type_}")

    def _fence(self, value: int) -> Any:
        return self._rt.HalFence.create_at(self._devices[0].create_semaphore(0), value)

    def _view(self, array: Array, element: Element) -> Any:
        rt, device = self._rt, self._devices[0]
        data = pack(array, element)
        usage = rt.BufferUsage.DEFAULT | rt.BufferUsage.MAPPING
        buffer = device.allocator.allocate_buffer_copy(rt.MemoryType.DEVICE_LOCAL, usage, device, data)
        return rt.HalBufferView(buffer, array.shape, element_code(element))

    def _pull(self, results: Any, number: int, type_: Attribute) -> tuple[Any, Element | None]:
        value = results.get_variant(number)
        if type_.name == "hal.buffer_view":
            view = buffer_view(value.deref(self._rt.HalBufferView))
            return np.array(view.array()), view.element
        if isinstance(value, int | float):
            return scalar(value, element_named(str(type_))), None
        raise ExecutionError(f"a result of type {type_} cannot be shown")


class CheckRecorder:
    """The module `check` that compiled test functions import. IREE: runtime/src/iree/modules/check/module.cc."""

    def __init__(self, rt: Any) -> None:
        self._rt = rt
        self.count = 0
        self.failures: Failures = []

    def module(self) -> Any:
        """The virtual machine's module."""
        interface = self._rt.PyModuleInterface("check", self._of_instance)
        interface.export("expect_true", "0i_v", self._true)
        interface.export("expect_false", "0i_v", self._false)
        interface.export("expect_all_true", "0rr_v", self._all_true)
        interface.export("expect_eq", "0rrr_v", self._equal)
        interface.export("expect_almost_eq", "0rrrff_v", self._almost_equal)
        return interface.create()

    def _of_instance(self, _: Any) -> "CheckRecorder":
        return self

    def _true(self, _: Any, value: int) -> None:
        self._note("expect_true", "" if value else "expected true")

    def _false(self, _: Any, value: int) -> None:
        self._note("expect_false", "expected false" if value else "")

    def _note(self, name: str, reason: str) -> None:
        self.count += 1
        if reason:
            self.failures.append((f"check.{name}", reason))

    def _view(self, reference: Any) -> BufferView:
        return buffer_view(reference.deref(self._rt.HalBufferView))

    def _all_true(self, _: Any, __: Any, value: Any) -> None:
        self._note("expect_all_true", "" if np.all(self._view(value).array()) else "expected all true")

    def _equal(self, _: Any, __: Any, left: Any, right: Any) -> None:
        self._note("expect_eq", equal_failure(self._view(left), self._view(right)))

    def _almost_equal(self, _: Any, __: Any, left: Any, right: Any, atol: float, rtol: float) -> None:
        with np.errstate(all="ignore"):
            self._note("expect_almost_eq", almost_equal_failure(self._view(left), self._view(right), atol, rtol))


def buffer_view(view: Any) -> BufferView:
    """A copy of a buffer view of the runtime.

    Raises:
        ExecutionError: its element type is not known.
    """
    size = int(view.byte_length)
    data = np.array(view.map().asarray([size], np.dtype(np.uint8))) if size else np.zeros(0, np.uint8)
    code = int(view.element_type)
    element = element_of_code(code)
    if element is None:
        raise ExecutionError(f"the element type {code:#x} is not supported")
    return BufferView(Storage(data), tuple(int(n) for n in view.shape), element)


def device_count(module: ModuleOp) -> int:
    """How many devices a module names."""
    return sum(
        op.name == "util.global" and (type_ := field(op, "type")) is not None and type_.name == "hal.device"
        for op in module.body.block.ops
    )


def _providers(rt: Any, parameters: Parameters) -> list[Any]:
    providers: list[Any] = []
    for scope, found in parameters.scopes.items():
        index = rt.ParameterIndex()
        for key, parameter in found.items():
            data = parameter.storage.data
            if parameter.is_splat:
                index.add_splat(key, data, parameter.size)
            else:
                index.add_buffer(key, data, writable=parameter.is_writable)
        providers.append(index.create_provider(scope=scope))
    return providers


def _short(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
