"""Steady state: seconds a call of a loaded model, numpy against IREE's `local-task` in the same process, call by call in turn."""

import resource
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.first_result import TARGET
from bench.models import Model
from iree_explorer.execution import Program, run
from iree_explorer.execution.run import RunResult, program_of
from iree_explorer.frontends.compiler import tool
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse

RTOL, ATOL = 1e-3, 1e-4
WORST = 3


class Real:
    """A model compiled by the real compiler and loaded by its runtime, arguments on the device."""

    def __init__(self, model: Model, cpu: str) -> None:
        import iree.runtime as rt

        self._rt: Any = rt
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.vmfb"
            flags = [flag for flag in TARGET if "target-cpu" not in flag]
            command = [str(tool("iree-compile")), "-", *flags, f"--iree-llvmcpu-target-cpu={cpu}", "-o", str(path)]
            subprocess.run(command, input=model.source, text=True, check=True)
            binary = path.read_bytes()
        self._device = self._rt.get_device("local-task", cache=False)
        self._instance = self._rt.VmInstance()
        module = self._rt.VmModule.copy_buffer(self._instance, binary)
        hal = self._rt.create_hal_module(self._instance, devices=[self._device])
        self._context = self._rt.VmContext(self._instance, modules=[hal, module])
        self._function = module.lookup_function("main")
        self._arguments = [self._view(array) for array in model.inputs]

    def _view(self, array: Any) -> Any:
        rt = self._rt
        usage = rt.BufferUsage.DEFAULT | rt.BufferUsage.MAPPING
        allocator = self._device.allocator
        buffer = allocator.allocate_buffer_copy(rt.MemoryType.DEVICE_LOCAL, usage, self._device, array)
        return rt.HalBufferView(buffer, array.shape, rt.HalElementType.FLOAT_32)

    def __call__(self) -> Any:
        """One call; its output."""
        rt = self._rt
        arguments, results = rt.VmVariantList(len(self._arguments)), rt.VmVariantList(1)
        for view in self._arguments:
            arguments.push_ref(view)
        self._context.invoke(self._function, arguments, results)
        view = results.get_variant(0).deref(rt.HalBufferView)
        return np.array(view.map().asarray(view.shape, np.dtype(np.float32)))


def compare(model: Model, calls: int) -> None:
    """Prints the time a call of each, the ratios, and our slowest kernels."""
    program = program_of(schedule(parse(model.stream_ir()), trace=False))
    latest: list[RunResult] = []

    def ours() -> Any:
        latest[:] = [_call(program, model)]
        return latest[0].outputs[0]

    callees: dict[str, Callable[[], Any]] = {"ours": ours, **{cpu: Real(model, cpu) for cpu in ("host", "generic")}}
    outputs = {name: call() for name, call in callees.items()}
    for name, output in outputs.items():
        np.testing.assert_allclose(output, outputs["host"], rtol=RTOL, atol=ATOL, err_msg=name)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in callees}
    kernels: Counter[str] = Counter()
    for _ in range(calls):
        for name, call in callees.items():
            times[name].append(_timed(call))
        for span in latest[0].timeline.spans:
            kernels[span.name] += span.duration
    for name, found in times.items():
        wall, cpu = (statistics.median(column) * 1e3 for column in zip(*found, strict=True))
        print(f"{model.name:12} {name:8} {wall:8.1f} ms wall {cpu:8.1f} ms cpu, best {min(found)[0] * 1e3:.1f}")
    for name in ("host", "generic"):
        ratio = statistics.median(mine[0] / real[0] for mine, real in zip(times["ours"], times[name], strict=True))
        print(
            f"{model.name:12} of {name}: ratio {ratio:.2f}, of the best calls {min(times['ours'])[0] / min(times[name])[0]:.2f}"
        )
    for name, nanoseconds in kernels.most_common(WORST):
        print(f"{model.name:12} {nanoseconds / calls / 1e6:8.2f} ms a call: {name}", flush=True)


def _call(program: Program, model: Model) -> RunResult:
    return run(program, "main", *model.inputs)


def _timed(call: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU seconds of this process, all threads."""
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    call()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
