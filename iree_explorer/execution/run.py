"""Running functions of a module: inputs in, outputs and a timeline out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from xdsl.dialects.builtin import FunctionType
from xdsl.ir import Operation

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution.asynchronous.executor import Timepoint
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.asynchronous.witness import Witness
from iree_explorer.execution.fields import field
from iree_explorer.execution.host.containers import HostBuffer
from iree_explorer.execution.host.hal import Fence
from iree_explorer.execution.interrupts import CancelledRunError, Interrupt, interrupts_stop
from iree_explorer.execution.observing.finite import FiniteCheck
from iree_explorer.execution.options import require_options, require_watchers, worker_count
from iree_explorer.execution.parameters import ParameterSource, parameters_of
from iree_explorer.execution.program import Program
from iree_explorer.execution.recording.timeline import Timeline
from iree_explorer.execution.result import RunResult
from iree_explorer.execution.values.elements import Array, Element
from iree_explorer.execution.values.resources import Buffer, BufferView, Resource, Storage
from iree_explorer.execution.values.signature import SYNCHRONIZATION, Signature, miscounted, signature_of
from iree_explorer.execution.values.text import ValueType, convert_input, element_of_dtype
from iree_explorer.frontends import ProgramLike, as_module
from iree_explorer.partitioning.trace.regions import OpPlace
from iree_explorer.syntax import Module

if TYPE_CHECKING:
    from iree_explorer.execution.iree.session import Session


@runtime_checkable
class HasPlaces(Protocol):
    """A schedule: what knows where the ops of its module run."""

    def places(self) -> Mapping[Operation, OpPlace]:
        """Where execution regions, and the ops in them, run."""
        ...


@runtime_checkable
class HasModule(Protocol):
    """A schedule: what holds a module."""

    @property
    def module(self) -> Module:
        """The scheduled module."""
        ...


def module_of(module: ProgramLike | HasModule) -> Module:
    """The module of a schedule; the module itself, or what `load` makes of it.

    Raises:
        SourceError, InputError: see `load`.
    """
    return module.module if isinstance(module, HasModule) else as_module(module)


def program_of(module: ProgramLike | HasModule, parameters: ParameterSource | None = None) -> Program:
    """A module made ready to run."""
    given = parameters_of(parameters)
    if isinstance(module, ModuleOp):
        return Program(module, parameters=given)
    found = module_of(module)
    return Program(found.op, found.location_of, given, module.places if isinstance(module, HasPlaces) else None)


def bare_name(function: object) -> str:
    """A function's name without the `@` that IR writes before it.

    Raises:
        InputError: it is no text.
    """
    if not isinstance(function, str):
        raise InputError(
            f"a function is called by its name, which comes before the inputs; {type(function).__name__} is none"
        )
    return function.removeprefix("@")


def signature(module: ProgramLike | HasModule | Program, function: str = "main") -> Signature:
    """What a function takes and gives, as users write it.

    Raises:
        InputError: the module has no such function.
    """
    program = module if isinstance(module, Program) else program_of(module)
    return signature_of(program.function_op(bare_name(function)))


def run(
    module: ProgramLike | HasModule | Program,
    function: str = "main",
    *inputs: Any,
    workers: int | None = None,
    backend: str = "numpy",
    seed: int | None = None,
    parameters: ParameterSource | None = None,
    check_hazards: bool = False,
    check_finite: bool = False,
    interrupt: Interrupt | None = None,
    witnesses: Sequence[Witness] = (),
) -> RunResult:
    """Calls a function and waits for its results.

    Args:
        module: stream IR, scheduled or not (a function that is not scheduled runs op by op), or anything that `load` takes; or
            a `Program`, which keeps its globals and compiled functions from call to call (on numpy).
        function: its name, `main` or `@main`.
        inputs: one per argument: an array of the type that `signature` says, a Python number, or text as
            `iree-run-module` takes it.
        workers: how many threads execute regions; None: one for each processor.
        backend: "numpy"; or "iree", the real compiler and runtime, which schedule first what is not scheduled, run on one
            thread for `workers=1` and else on as many as they like, and leave the timeline empty.
        seed: pick among ready work in a shuffled order, the same order for the same number; None: in the order of the
            program. On numpy only.
        parameters: by scope, a file (`.irpa`, `.safetensors`, `.npz`, `.gguf`) or a mapping of keys to arrays; a file alone is
            the scope without a name. What the program writes goes into the arrays.
        check_hazards: fail where two ops that may run at once touch the same bytes and one of them writes, or where an op, or
            the caller, reads bytes that an earlier op has overwritten in place: this backend makes copies there, compiled
            programs do not. On numpy only.
        check_finite: fail at an op that makes a NaN or an infinity from finite inputs; `debug` stops there instead. On numpy
            only.
        interrupt: stops the run from another thread. A KeyboardInterrupt, such as a notebook's Stop button sends, needs
            none: it ends the run at once, loops in kernels included.
        witnesses: told of every op. On numpy only.

    Returns:
        The outputs in the order of the function's results, each an array or a numpy scalar, and the timeline.

    Raises:
        SourceError: the program is broken.
        InputError: the function, an option, an input or a file of parameters does not fit.
        ExecutionError: the run went wrong, or was stopped; it names the op.
    """
    require_options(backend, workers, seed, check_hazards=check_hazards, check_finite=check_finite)
    require_watchers(interrupt, witnesses)
    function = bare_name(function)
    program = module if isinstance(module, Program) else program_of(module, parameters)
    types = signature_of(program.function_op(function))
    if backend == "iree":
        return _run_real(program, function, types, inputs, workers)
    seen = [FiniteCheck(program)] if check_finite else []
    call = Run(program, worker_count(workers), seed, check_hazards=check_hazards, witnesses=(*seen, *witnesses))
    (interrupt or Interrupt()).attach(call.close)
    values = prepare_call(program, call, function, types, inputs)
    with interrupts_stop(call.stop):
        try:
            return call_function(program, call, function, values)
        except CancelledRunError:
            raise ExecutionError("the run was stopped") from None
        finally:
            call.close()


def prepare_call(program: Program, call: Run, function: str, types: Signature, inputs: Sequence[Any]) -> list[Any]:
    """The values of a function's arguments; compiles it.

    Raises:
        InputError: an input does not fit.
        ExecutionError: the function cannot be compiled.
    """
    values = bind_inputs(program.function_op(function), types, inputs, function, call)
    program.prepare(function)
    call.words = program.place_words(function)
    return values


def call_function(program: Program, call: Run, function: str, values: Sequence[Any]) -> RunResult:
    """Runs a function on the calling thread, which is the host, and waits for all that it has begun.

    Raises:
        ExecutionError: the run went wrong.
        CancelledRunError: it was stopped.
    """
    call.start_clock()
    program.initialize(call)
    results = call.call(program.function(function), values)
    call.note_results(function, results)
    timeline = call.finish()
    outputs = [output(value) for value in results if not isinstance(value, Fence | Timepoint)]
    return RunResult(tuple(value for value, _ in outputs), timeline, tuple(element for _, element in outputs))


def _run_real(
    program: Program, function: str, types: Signature, inputs: Sequence[Any], workers: int | None
) -> RunResult:
    require_count(function, types, inputs)
    values = [
        (convert_input(value, type_, number, function), type_.element)
        for number, (value, type_) in enumerate(zip(inputs, types.inputs, strict=True))
    ]
    outputs = iree_session(program, workers).call(program.function_op(function), values)
    found, elements = tuple(value for value, _ in outputs), tuple(element for _, element in outputs)
    return RunResult(found, Timeline(workers=worker_count(workers)), elements)


def iree_session(program: Program, workers: int | None) -> Session:
    """The program compiled and loaded by the real tools, with globals of its own.

    Raises:
        InputError: they are not installed.
        ExecutionError: they refuse the program.
    """
    from iree_explorer.execution.iree.compile import compile_module
    from iree_explorer.execution.iree.session import Session, device_count

    binary = compile_module(program.module)
    return Session(binary, device_count(program.module), workers, program.parameters)


def require_count(function: str, types: Signature, inputs: Sequence[Any]) -> None:
    """Refuses more or fewer inputs than a function takes.

    Raises:
        InputError: there are.
    """
    if len(inputs) != len(types.inputs):
        raise InputError(miscounted(function, types, len(inputs)))


def bind_inputs(op: Operation, types: Signature, inputs: Sequence[Any], function: str, call: Run) -> list[Any]:
    """The values of a function's arguments: inputs in order; fences and timepoints are made here, reached.

    Raises:
        InputError: there are more or fewer inputs, one does not fit, or nobody but a program can make one.
    """
    require_count(function, types, inputs)
    type_ = field(op, "function_type")
    arguments = type_.inputs if isinstance(type_, FunctionType) else ()
    given = iter(enumerate(zip(inputs, types.inputs, strict=True)))
    values: list[Any] = []
    for argument in arguments:
        if argument.name in SYNCHRONIZATION:
            reached = Timepoint.now(call.pool)
            values.append(Fence(reached) if argument.name == "hal.fence" else reached)
        else:
            number, (value, wanted) = next(given)
            what = f"input {number} of @{function}"
            values.append(_bind(convert_input(value, wanted, number, function), wanted, argument.name, what))
    return values


def _bind(value: Any, type_: ValueType, argument: str, what: str) -> Any:
    if argument == "hal.buffer":
        return Buffer(Storage(_bytes(value, what)))
    if argument == "stream.resource":
        data = _bytes(value, what)
        return Resource(data.size, Storage(data), owned=False)
    if argument != "hal.buffer_view":
        if type_.element is None:
            raise InputError(f"{what} is of type {type_}, which only a program can make")
        return value
    array = np.asarray(value)
    return BufferView.of_array(array, type_.element or element_of_dtype(array.dtype))


def _bytes(value: Any, what: str) -> Array:
    """The bytes of an array, to be changed by nobody else."""
    try:
        array: Array = np.array(value)
    except ValueError:
        array = np.array(None)
    if array.dtype.hasobject:
        raise InputError(f"{what} must be an array of numbers, of which it takes the bytes")
    return array.reshape(-1).view(np.uint8)


def output(value: Any) -> tuple[Any, Element | None]:
    """A result for the user, and its element type."""
    if isinstance(value, BufferView):
        array: Array = np.array(value.array())
        return array, value.element
    if isinstance(value, Buffer | Resource) and value.storage is not None:
        return np.array(value.storage.data), None
    if isinstance(value, HostBuffer):
        return np.array(value.data), None
    if isinstance(value, np.generic):
        return value, None
    raise ExecutionError(f"a result of type {type(value).__name__} cannot be shown")
