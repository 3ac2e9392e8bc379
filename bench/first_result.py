"""Time to the first result: stream IR text in memory to outputs on numpy, imports done and no kernel compiled before, against
`iree-compile` of the model's source and `iree-run-module`, whole processes.
"""

import json
import shlex
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.models import MODELS
from bench.processes import run as run_process
from iree_explorer import samples
from iree_explorer.execution import check, run, signature
from iree_explorer.execution.kernels.compiled import CACHE
from iree_explorer.execution.values.made_up import made_up
from iree_explorer.frontends import load
from iree_explorer.frontends.compiler import tool
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse

TARGET = (
    "--iree-hal-target-device=local",
    "--iree-hal-local-target-device-backends=llvm-cpu",
    "--iree-llvmcpu-target-cpu=generic",
)
RTOL, ATOL = 1e-4, 1e-4


@dataclass(frozen=True, slots=True)
class Case:
    """A program that both run.

    Attributes:
        name: as printed.
        group: "sample", "big", "golden" or "check": each has a mean of its own.
        source: what `iree-compile` takes.
        text: the same as stream IR before the schedule passes.
        inputs: of the function.
        function: its name.
        wanted: its outputs, None where only the real tool's are known; for a module that checks itself, nothing.
    """

    name: str
    group: str
    source: str
    text: str
    inputs: tuple[Any, ...] = ()
    function: str = "main"
    wanted: tuple[Any, ...] | None = None
    is_check: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """IREE's end-to-end tests as stream IR.

    Attributes:
        iree: a checkout of IREE, for the sources.
        folder: what was made of them: `pre/NAME.mlir`, right before the schedule passes; `golden_models/NAME.npz`, with `fn`, a function,
            its inputs `in0`, `in1` … and outputs `out0` …; and `index.json`, a list with `name` and `kind` (`check` or others) of each.
        every: of the modules of checks every so manieth is taken.
    """

    iree: Path
    folder: Path
    every: int

    def text(self, name: str) -> str:
        """A module right before the schedule passes."""
        return (self.folder / "pre" / f"{name}.mlir").read_text()

    def source(self, name: str) -> Path | None:
        """The test that a module was compiled from: its name is the path."""
        relative = f"{name.replace('__', '/')}.mlir"
        return next(
            (path for path in (self.iree / relative, self.iree / "tests" / "e2e" / relative) if path.exists()), None
        )


def cases(corpus: Corpus | None) -> Iterator[Case]:
    """The samples with a source, the two big models; of a corpus its golden models and modules of checks."""
    generator = np.random.default_rng(0)
    for sample in samples.ALL:
        if sample.origin is not None:
            inputs = tuple(made_up(type_, generator) for type_ in signature(load(sample)).inputs)
            yield Case(f"sample {sample.name}", "sample", sample.origin.read_text(), sample.text, inputs)
    for make in MODELS.values():
        model = make()
        yield Case(model.name, "big", model.source, model.stream_ir(), model.inputs)
    if corpus is not None:
        yield from _golden_models(corpus)
        yield from _checks(corpus)


def _golden_models(corpus: Corpus) -> Iterator[Case]:
    for path in sorted((corpus.folder / "golden_models").glob("*.npz")):
        golden = np.load(path)
        inputs, outputs = (_numbered(golden, prefix) for prefix in ("in", "out"))
        source = corpus.source(path.stem)
        if source is not None:
            text = corpus.text(path.stem)
            yield Case(path.stem, "golden", source.read_text(), text, inputs, str(golden["fn"]), outputs)


def _numbered(golden: Any, prefix: str) -> tuple[Any, ...]:
    return tuple(golden[f"{prefix}{n}"] for n in range(sum(name.startswith(prefix) for name in golden.files)))


def _checks(corpus: Corpus) -> Iterator[Case]:
    entries = [entry for entry in json.loads((corpus.folder / "index.json").read_text()) if entry["kind"] == "check"]
    for entry in entries[:: corpus.every]:
        source = corpus.source(entry["name"])
        if source is not None:
            text = corpus.text(entry["name"])
            function = next(op for op in parse(text).op.walk() if op.name == "util.func")
            name = str(getattr(function.properties["sym_name"], "data", ""))
            yield Case(entry["name"], "check", source.read_text(), text, function=name, is_check=True)


def compare(case: Case, runs: int) -> float | None:
    """The ratio of wall times, ours to theirs, the median of several; None where their tools refuse the source."""
    with tempfile.TemporaryDirectory() as folder:
        theirs = _commands(case, Path(folder))
        if run_process(theirs).status:
            print(f"{case.name:60} the tools of the wheel refuse the source", flush=True)
            return None
        pairs = [(_ours(case), run_process(theirs).wall) for _ in range(runs)]
    ratio = statistics.median(ours / real for ours, real in pairs)
    mine, real = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"{case.name:60} ours {mine:6.3f} s | compile and run {real:6.3f} s | ratio {ratio:5.2f}", flush=True)
    return ratio


def _commands(case: Case, folder: Path) -> list[str]:
    (folder / "source.mlir").write_text(case.source)
    inputs: list[str] = []
    for number, value in enumerate(case.inputs):
        np.save(folder / f"{number}.npy", value)
        inputs.append(f"--input=@{folder / f'{number}.npy'}")
    compile_ = [str(tool("iree-compile")), str(folder / "source.mlir"), *TARGET, "-o", str(folder / "x.vmfb")]
    call = [str(tool("iree-run-module")), f"--module={folder / 'x.vmfb'}", "--device=local-task"]
    return ["sh", "-c", f"{shlex.join(compile_)} && {shlex.join([*call, f'--function={case.function}', *inputs])}"]


def _ours(case: Case) -> float:
    """Seconds from text to results, scheduled on the way; a module of checks runs all its functions, theirs only the first."""
    CACHE.clear()
    start = time.perf_counter()
    scheduled = schedule(parse(case.text), trace=False)
    if case.is_check:
        results = check(scheduled.module)
        seconds = time.perf_counter() - start
        assert all(result.passed for result in results), case.name
    else:
        outputs = run(scheduled, case.function, *case.inputs).outputs
        seconds = time.perf_counter() - start
        _require(case.name, outputs, case.wanted)
    return seconds


def _require(name: str, got: Sequence[Any], wanted: Sequence[Any] | None) -> None:
    for number, value in enumerate(wanted or ()):
        np.testing.assert_allclose(got[number], value, rtol=RTOL, atol=ATOL, err_msg=name)
