"""`debug`: begins a call that stops between its ops."""

from typing import Any

from iree_explorer.execution.debugging.debugger import Debugger
from iree_explorer.execution.debugging.stops import OnNonFinite
from iree_explorer.execution.interrupts import Interrupt
from iree_explorer.execution.parameters import ParameterSource
from iree_explorer.execution.program import Program
from iree_explorer.execution.run import HasModule, program_of
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
        seed: another order of what may run at once, the same for the same seed.
        parameters: as for `run`.
        nonfinite: at an op that makes a NaN or an infinity of finite inputs, "stop", only "report" it in `findings`, or
            "ignore" it, which saves looking.
        check_hazards: as for `run`.
        interrupt: ends the session from another thread, as for `run`; once there is one, its `interrupt()` does.

    A KeyboardInterrupt ends the session, in the middle of loops as well.

    Raises:
        InputError: the function, an option or an input does not fit.
    """
    program = module if isinstance(module, Program) else program_of(module, parameters)
    return Debugger(
        program,
        function,
        inputs,
        seed=seed,
        nonfinite=nonfinite,
        check_hazards=check_hazards,
        interrupt=interrupt,
    )
