"""`debug`: begins a call that stops between its ops."""

from __future__ import annotations

from typing import Any

from iree_explorer.execution.debugging.debugger import Debugger
from iree_explorer.execution.debugging.stops import OnNonFinite
from iree_explorer.execution.interrupts import Interrupt
from iree_explorer.execution.options import require_watchers
from iree_explorer.execution.parameters import ParameterSource
from iree_explorer.execution.program import Program
from iree_explorer.execution.run import HasModule, bare_name, program_of
from iree_explorer.frontends import ProgramLike


def debug(
    module: ProgramLike | HasModule | Program,
    function: str = "main",
    *inputs: Any,
    seed: int | None = None,
    parameters: ParameterSource | None = None,
    nonfinite: OnNonFinite = "stop",
    check_hazards: bool = False,
    interrupt: Interrupt | None = None,
) -> Debugger:
    """Begins a call on the numpy backend and stops before its first op.

        with ie.debug(scheduled, "main", x) as session:
            session.break_at("@softmax", after=True)
            session.continue_()
            session["%7"]       # an array
            session.where()     # regions, timepoints, queues
            session.step()      # the next op; .next_wave(), .continue_(), .finish()

    Args:
        module: as for `run`; a `Program` keeps its globals from call to call.
        function: its name, `main` or `@main`.
        inputs: as for `run`.
        seed: pick among ready work in a shuffled order, the same order for the same number; None: in the order of the
            program.
        parameters: as for `run`.
        nonfinite: what to do at an op that makes a NaN or an infinity from finite inputs: "stop" there, "report" it in
            `findings` and go on, or "ignore" it, which saves the time of checking.
        check_hazards: as for `run`.
        interrupt: ends the session from another thread, as for `run`. So does the session's own `interrupt()`.

    A KeyboardInterrupt ends the session, in the middle of loops as well.

    Returns:
        The session, which stands before the first op.

    Raises:
        SourceError: the program is broken.
        InputError: the function, an option or an input does not fit.
    """
    program = module if isinstance(module, Program) else program_of(module, parameters)
    require_watchers(interrupt)
    name = bare_name(function)
    session = Debugger(program, name, inputs, seed=seed, nonfinite=nonfinite, check_hazards=check_hazards)
    (interrupt or Interrupt()).attach(session.interrupt)
    session.begin()
    return session
