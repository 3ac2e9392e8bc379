"""Scheduled stream IR, back into the real compiler: to a module of IREE's virtual machine, for the CPU."""

import re
import subprocess
from functools import lru_cache
from typing import Final

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.frontends.compiler import tool
from iree_explorer.passes.schedule import is_scheduled, schedule
from iree_explorer.syntax import Module, print_module
from iree_explorer.syntax.source import Source

INSTALL: Final = "pip install iree-base-compiler==3.13.0 iree-base-runtime==3.13.0"

LOWERING: Final = (
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
"""What IREE's stream pipeline does after the schedule passes. IREE: Stream/Transforms/Passes.cpp, buildStreamTransformPassPipeline."""

_READABLE: Final = (
    (
        re.compile(r"(\bcheck\.expect_almost_eq(?:_const)?\b(?:(?!, atol )[^\n])*?), rtol(?= )"),
        r"\1, atol 1.0e-04, rtol",
    ),
    (re.compile(r"(#stream\.partitioning_config<)favor-([a-z-]+)>"), r'\1"\2">'),
    (re.compile(r"(\balias_mutable_bindings = )0\b"), r"\1false"),
    (re.compile(r"(\balias_mutable_bindings = )1\b"), r"\1true"),
)
"""What `iree-opt` prints and cannot read back, and how to say it so that it can.

# IREE bugs: see `dialects/check.py`, Tolerances, and `dialects/stream/attributes.py`. Bytecode holds the same texts.
"""
_COMPILE: Final = (
    "--compile-from=stream",
    "--iree-hal-target-backends=llvm-cpu",
    "--iree-llvmcpu-target-cpu=generic",
)
_KEPT: Final = 16


def compile_module(module: ModuleOp) -> bytes:
    """The module as IREE's virtual machine loads it, of code that runs on any CPU; one that is not scheduled yet is scheduled first.

    Raises:
        InputError: the compiler is not installed.
        ExecutionError: it refuses the program.
    """
    text = print_module(module)
    if not is_scheduled(found := Module(module, Source("<module>", text), {})):
        text = print_module(schedule(found, trace=False).module.op)
    return compile_text(text)


@lru_cache(maxsize=_KEPT)
def compile_text(text: str) -> bytes:
    """As `compile_module`, of scheduled stream IR; the latest few are kept."""
    lowered = _pipe("iree-opt", ("-", *LOWERING), _readable(text).encode())
    return _pipe("iree-compile", ("-", *_COMPILE, "-o", "-"), _readable(lowered.decode()).encode())


def _readable(text: str) -> str:
    """The text as the real tools read it."""
    for printed, read in _READABLE:
        text = printed.sub(read, text)
    return text


def _pipe(name: str, flags: tuple[str, ...], data: bytes) -> bytes:
    command = tool(name)
    if command is None:
        raise InputError(f"the iree backend needs {name}, which is not installed: {INSTALL}")
    process = subprocess.run([command, *flags], input=data, capture_output=True, check=False)
    if process.returncode:
        raise ExecutionError(f"{name} refuses the scheduled program: {_first_error(process.stderr)}")
    return process.stdout


def _first_error(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").splitlines()
    return next((line for line in lines if "error:" in line), lines[0] if lines else "it says nothing")
