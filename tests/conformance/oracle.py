"""The real compiler's tools, which decide what is right: `iree-opt`, `iree-compile` and `iree-run-module` 3.13.0 of PyPI."""

import importlib.util
import subprocess
import sys
from pathlib import Path

PASSES = {
    "both": "iree-stream-schedule-execution,iree-stream-schedule-concurrency",
    "execution": "iree-stream-schedule-execution",
    "concurrency": "iree-stream-schedule-concurrency",
}
# Scheduled stream IR down to what `iree-compile --compile-from=stream` takes. Written down here once more, on purpose:
# the oracle shares nothing with what it judges, so that a mistake in `execution/iree/compile.py` shows.
LOWERING = (
    "--iree-stream-sync-initializers",
    "--iree-stream-propagate-timepoints",
    "--iree-stream-materialize-builtins",
    "--iree-stream-cleanup-pipeline",
    "--iree-stream-verify-lowering-to-async",
    "--iree-stream-cmd-transformation-pipeline",
    "--iree-stream-optimization-pipeline",
    "--iree-stream-cleanup-pipeline",
    "--symbol-dce",
)
CPU = ("--iree-hal-target-backends=llvm-cpu", "--iree-llvmcpu-target-cpu=generic")

STUCK = "the tool does not come to an end"
CRASHED = ("PLEASE submit a bug report", "Please report issues to", "Stack dump", STUCK)
"""Words of a tool that dies, or is ended here."""
SECONDS = 30
"""So long the tool may take: of a few programs it makes more and more, until the machine's memory is full."""


def pipeline(passes: str) -> str:
    """Returns the pipeline's text: `both`, `execution`, `concurrency`, `none`, or a pass on the module by its name."""
    if passes not in PASSES:
        return f"builtin.module({'' if passes == 'none' else passes})"
    names = PASSES[passes]
    return f"builtin.module(func.func({names}),util.initializer({names}),util.func({names}))"


def tool(name: str) -> str:
    """Returns the path of a tool of the wheels that stand beside this Python."""
    return str(Path(sys.executable).with_name(name))


def native_opt() -> str:
    """Returns the path of the binary behind the wheel's `iree-opt`, a Python launcher that starts seven times slower."""
    spec = importlib.util.find_spec("iree.compiler")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent / "_mlir_libs" / "iree-opt")


def iree_opt(text: str, *flags: str) -> tuple[str | None, str]:
    """Returns what `iree-opt` prints, or None where it refuses (or dies), and its messages."""
    command = [native_opt(), *flags, "-"]
    try:
        process = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return None, STUCK
    return (process.stdout if process.returncode == 0 else None), process.stderr


def schedule(text: str, passes: str = "both") -> tuple[str | None, str]:
    """Returns what the real schedule passes make of a program; see `iree_opt`."""
    return iree_opt(text, f"--pass-pipeline={pipeline(passes)}", "--allow-unregistered-dialect")


def compile_scheduled(text: str, folder: Path) -> Path:
    """Compiles scheduled stream IR for the real CPU runtime; returns the module's path, `folder/module.vmfb`."""
    lowered = folder / "lowered.mlir"
    module = folder / "module.vmfb"
    subprocess.run(
        [native_opt(), *LOWERING, "-", "-o", str(lowered)], input=text, text=True, check=True, capture_output=True
    )
    command = [tool("iree-compile"), str(lowered), "--compile-from=stream", *CPU, "-o", str(module)]
    subprocess.run(command, check=True, capture_output=True)
    return module


def compile_source(text: str, folder: Path) -> Path:
    """Compiles StableHLO and the like for the real CPU runtime; returns the module's path, `folder/module.vmfb`."""
    module = folder / "module.vmfb"
    subprocess.run(
        [tool("iree-compile"), "-", *CPU, "-o", module], input=text, text=True, check=True, capture_output=True
    )
    return module


def run_module(
    module: Path, function: str, inputs: list[Path | str], folder: Path, outputs: int, devices: int = 1
) -> list[Path]:
    """Runs a function on the real CPU runtime; returns the `.npy` files of its results."""
    files = [folder / f"real_{index}.npy" for index in range(outputs)]
    arguments = [f"--input=@{value}" if isinstance(value, Path) else f"--input={value}" for value in inputs]
    command = [
        tool("iree-run-module"),
        f"--module={module}",
        *["--device=local-task"] * devices,
        f"--function={function}",
    ]
    subprocess.run([*command, *arguments, *[f"--output=@{path}" for path in files]], check=True, capture_output=True)
    return files
