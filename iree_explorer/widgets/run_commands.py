"""What a widget runs and steps through for its page, and the traits that tell of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from threading import RLock
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from typing_extensions import override

from iree_explorer.errors import ExecutionError, ExplorerError
from iree_explorer.exploration import Exploration
from iree_explorer.exploration.running.debugging import DebuggedRun, total_ops
from iree_explorer.exploration.running.inputs import filled_inputs
from iree_explorer.exploration.running.runs import failure_json, run_json
from iree_explorer.widgets.breakpoints import OP_WORD
from iree_explorer.widgets.requests import Message, input_texts
from iree_explorer.widgets.running import Running
from iree_explorer.widgets.variables import notebook_variables

if TYPE_CHECKING:
    from iree_explorer.execution import Interrupt

STOPPED = "the run was stopped"


class RunCommands(anywidget.AnyWidget):
    """The part of the `Explorer` that runs what it shows; the traits are described there."""

    error = traitlets.Unicode("").tag(sync=True)
    failed = traitlets.Int(-1).tag(sync=True)
    breakpoints = traitlets.List(traitlets.Unicode()).tag(sync=True)
    run_result = traitlets.Unicode("").tag(sync=True)
    progress = traitlets.List(traitlets.Int()).tag(sync=True)
    debug = traitlets.Unicode("").tag(sync=True)
    busy = traitlets.Unicode("").tag(sync=True)

    def __init__(self, exploration: Exploration, **traits: Any) -> None:
        # First: a widget that cannot be made is closed, too.
        self._running = Running()
        self._doing: list[str] = []
        self._busy_lock = RLock()
        self._exploration = exploration
        super().__init__(**traits)

    @override
    def close(self) -> None:
        """Ends what runs and what is debugged, and takes the widget off its pages."""
        self._running.end()
        self.debug = ""
        super().close()

    def _guarded(self, words: str, act: Callable[[], None]) -> None:
        """Does something under the eyes of the page; what goes wrong is its error line."""
        self._tell_busy(begun=words)
        try:
            act()
        except ExplorerError as error:
            # Other errors speak of a text that is not shown.
            place = error.location if isinstance(error, ExecutionError) else None
            with self.hold_sync():
                self.failed = self._exploration.op_at(place)
                self.error = str(error)
        except Exception as error:
            self.error = f"error: this should not happen: {type(error).__name__}: {error}"
            raise
        finally:
            self._tell_busy(done=words)

    def _tell_busy(self, *, begun: str = "", done: str = "") -> None:
        """Says what is being done and began last: a job may go on while the page asks for something else."""
        with self._busy_lock:
            if begun:
                self._doing.append(begun)
            if done:
                self._doing.remove(done)
            self.busy = self._doing[-1] if self._doing else ""

    def _run(self, message: Message, interrupt: Interrupt) -> None:
        workers: Any = message.get("workers")
        count = workers if isinstance(workers, int) and workers > 0 else None
        self._run_now(str(message.get("function", "")), input_texts(message), count, interrupt)

    def run(self, function: str, inputs: Sequence[str] = (), *, workers: int | None = None) -> None:
        """Runs a function of the schedule and shows what came out.

        An input is a value as `iree-run-module` takes it, `random`, `ones`, `zeros` or `iota`, or the name of an array
        of the notebook; an empty one is random.
        """
        self._running.end()
        self._run_now(function, inputs, workers)

    def _run_now(
        self, function: str, inputs: Sequence[str], workers: int | None, interrupt: Interrupt | None = None
    ) -> None:
        from iree_explorer.execution.observing.progress import Progress

        self.error = ""
        self._forget_session()
        exploration = self._exploration
        total = total_ops(exploration, function) if exploration.refusal is None else 0
        self.progress = [0, total]
        try:
            seen = Progress(lambda done: self.set_trait("progress", [done, total]))
            values = notebook_variables()
            found = run_json(exploration, function, inputs, workers, values, interrupt=interrupt, witnesses=(seen,))
            if exploration is self._exploration:  # else it ended too late: another program is shown by now
                self.run_result = json.dumps(found)
        finally:
            self.progress = []

    def _debug(self, message: Message, interrupt: Interrupt) -> None:
        """Begins to step through a run; what it is asked for is what a run is asked for."""
        from iree_explorer.execution import debug

        self.error, self.run_result = "", ""
        self._forget_session()
        self.progress = [0, 0]
        function, exploration = str(message.get("function", "")), self._exploration
        try:
            inputs = filled_inputs(exploration.source, function, input_texts(message), notebook_variables())
            session = debug(exploration.scheduled, function, *inputs, interrupt=interrupt)
            self._running.session = DebuggedRun(exploration, function, session)
            self._tell_session()
        except ExplorerError as error:
            self.run_result = json.dumps(failure_json(exploration, function, error))
        finally:
            self.progress = []

    def _step(self, message: Message, _: Interrupt) -> None:
        """To the next op, to the next wave, or to a breakpoint on an op.

        A stop that was not asked for is one to look at: steps that wait are not taken.
        """
        debugged = self._running.session
        if debugged is None:
            return
        debugged.break_on(int(found[1]) for word in self.breakpoints if (found := OP_WORD.fullmatch(word)))
        ways = {"op": debugged.session.step, "wave": debugged.session.next_wave}
        stop = ways.get(str(message.get("way")), debugged.session.continue_)()
        if stop.reason not in ("step", "wave"):
            self._running.forget_waiting()
        self._tell_session()

    def _tell_session(self) -> None:
        debugged = self._running.session
        if debugged is None:
            return
        if debugged.session.stop.reason == "interrupted":
            self._forget_session()
            stopped = failure_json(self._exploration, debugged.function, ExecutionError(STOPPED))
            self.run_result = json.dumps(stopped)
            return
        with self.hold_sync():
            self.debug = json.dumps(debugged.to_json())
            result = debugged.result_json()
            if result is not None:
                self.run_result = json.dumps(result)

    def _stop(self) -> None:
        was_busy = self._running.is_busy
        self._running.stop()
        if not was_busy:
            self.debug = ""

    def _forget_session(self) -> None:
        self._running.end_session()
        self.debug = ""

    def wait(self, seconds: float | None = None) -> None:
        """Waits until a run that the page asked for is over, or has stopped where it was told to; None: as long as it takes."""
        self._running.wait(seconds)
