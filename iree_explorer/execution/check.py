"""Test functions: public functions without arguments that hold checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.options import require_options, worker_count
from iree_explorer.execution.parameters import ParameterSource, parameters_of
from iree_explorer.execution.program import Program
from iree_explorer.execution.run import HasModule, iree_session, program_of
from iree_explorer.execution.values.signature import signature_of
from iree_explorer.frontends import ProgramLike


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What became of a test function.

    Attributes:
        function: its name.
        passed: it ran to its end and all its checks hold.
        error: why not; empty where it passed.
        checks: how many checks ran.
    """

    function: str
    passed: bool
    error: str
    checks: int = 0


def check(
    module: ProgramLike | HasModule,
    *,
    workers: int | None = None,
    backend: str = "numpy",
    seed: int | None = None,
    parameters: ParameterSource | None = None,
    check_hazards: bool = False,
) -> list[CheckResult]:
    """Runs every public function without arguments, each with globals of its own, as `iree-check-module` does.

    Args:
        module: stream IR whose functions use the `check` dialect, or anything that `load` takes.
        workers: how many threads execute regions; None: one for each processor.
        backend: "numpy" or "iree".
        seed: pick among ready work in a shuffled order; on numpy only.
        parameters: by scope, a file or a mapping of keys to arrays, as for `run`.
        check_hazards: a function fails where ops that may run at once touch the same bytes; on numpy only.

    Returns:
        One result for each function, in the order of the module. A function that fails is a result that has not passed; nothing
        is raised.

    Raises:
        SourceError: the program is broken.
        InputError: an option or a file of parameters does not fit.
    """
    require_options(backend, workers, seed, check_hazards=check_hazards)
    given = parameters_of(parameters)
    program = program_of(module, given)
    names = test_functions(program)
    if backend == "iree":
        return [_check_real(program, name, workers) for name in names]
    count = worker_count(workers)
    return [_check(program_of(module, given), name, count, seed, check_hazards=check_hazards) for name in names]


def test_functions(program: Program) -> Sequence[str]:
    """The public functions that take nothing."""
    return [name for name in program.functions() if not signature_of(program.function_op(name)).inputs]


def _check(program: Program, name: str, workers: int, seed: int | None, *, check_hazards: bool) -> CheckResult:
    run = Run(program, workers, seed, check_hazards=check_hazards)
    try:
        program.initialize(run)
        run.call(program.function(name), ())
        run.finish()
    except ExecutionError as error:
        return CheckResult(name, passed=False, error=str(error), checks=run.checks)
    finally:
        run.close()
    return _verdict(name, run.checks, [(failure.op, failure.message) for failure in run.check_failures])


def _check_real(program: Program, name: str, workers: int | None) -> CheckResult:
    session = iree_session(program, workers)
    try:
        session.call(program.function_op(name), ())
    except ExecutionError as error:
        return CheckResult(name, passed=False, error=str(error), checks=session.checks)
    return _verdict(name, session.checks, session.failures)


def _verdict(name: str, checks: int, failures: Sequence[tuple[str, str]]) -> CheckResult:
    error = "; ".join(f"{op}: {message}" for op, message in failures)
    return CheckResult(name, passed=not failures, error=error, checks=checks)
