"""A call that stops between ops, to be looked into, and goes on when it is told to."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Self, get_args

import numpy as np
from typing_extensions import override

from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution.debugging.breakpoints import Breakpoint, Predicate, by_name, picked
from iree_explorer.execution.debugging.conditions import Conditions
from iree_explorer.execution.debugging.inspection import Inspector, LiveValue
from iree_explorer.execution.debugging.stepper import Stepper, Unit
from iree_explorer.execution.debugging.stops import Findings, OnNonFinite, Reason, Stop, Watch
from iree_explorer.execution.debugging.where import Where, where_is
from iree_explorer.execution.interrupts import CancelledRunError, interrupts_stop
from iree_explorer.execution.observing.finite import NonFinite
from iree_explorer.execution.options import require_seed
from iree_explorer.execution.program import Program
from iree_explorer.execution.recording.timeline import Timeline
from iree_explorer.execution.run import RunResult, call_function, prepare_call
from iree_explorer.execution.values.signature import signature_of


class Debugger:
    """A call of a function that holds still between its ops; begun by `debug`, best used in a `with` statement.

    What is stepped through: ops on resources, one after the other also where they are of one wave; and, on the host, ops that
    take or give resources or timepoints. The order is one that the schedule allows, the same in every session with the same
    `seed`. Values are named as the text of the module names them.

    Attributes:
        stop: where it stands.
        breakpoints: those that are set.
        findings: values that were not finite, made of finite ones.
        result: what the function gave; None before its end.
        error: why it failed; None where it did not.
    """

    def __init__(
        self,
        program: Program,
        function: str,
        inputs: tuple[Any, ...],
        *,
        seed: int | None = None,
        nonfinite: OnNonFinite = "stop",
        check_hazards: bool = False,
    ) -> None:
        require_seed(seed)
        if nonfinite not in get_args(OnNonFinite):
            raise InputError(f"nonfinite={nonfinite!r}: give one of {', '.join(get_args(OnNonFinite))}")
        types = signature_of(program.function_op(function))
        program = program.for_stepping()
        self._function = function
        self._findings = Findings(program)
        self._conditions = Conditions(self._findings, stops_at_findings=nonfinite == "stop")
        self._stepper = Stepper(
            program,
            lambda run: call_function(program, run, function, prepare_call(program, run, function, types, inputs)),
            seed,
            () if nonfinite == "ignore" else (self._findings,),
            self._conditions.holds,
            check_hazards=check_hazards,
        )
        self._inspector = Inspector(program, self._stepper)
        self._program = program
        self._is_closed = False
        self._count = 0
        self._error_told = False
        # The host's thread knows the stepper and not this object: dropping it ends the session.
        weakref.finalize(self, self._stepper.close)
        self.stop = Stop("start", "nothing has run", None, None)

    # Going on

    def begin(self) -> Stop:
        """Goes before the first op; `debug` has done so.

        Raises:
            InputError: an input does not fit.
        """
        self._guarded(self._start)
        if isinstance(self.error, InputError):
            self.close()
            raise self.error
        return self.stop

    def step(self, which: str | None = None) -> Stop:
        """Runs one op; stands before the next.

        Args:
            which: of several that are ready, the one that makes the value of this name; by default the next.

        Raises:
            InputError: the session is closed, or no op that is ready makes such a value.
        """
        if which is not None:
            self._choose(which)
        return self._go_on("step", lambda _: True)

    def next_wave(self) -> Stop:
        """Runs the wave that the next op is of to its end, or else up to the next op of a region; stands before an op of one."""
        start = self._stepper.next
        here = _item(start) if start is not None else None

        def is_next(unit: Unit) -> bool:
            left = any(_item(ready) == here for ready in self._stepper.ready)
            return unit.region >= 0 and not unit.is_end and not left

        return self._go_on("wave", is_next)

    def continue_(self) -> Stop:
        """Runs up to a breakpoint, a watched value that changes, a value that is not finite, an error, or the end."""
        return self._go_on("step", lambda _: False)

    def finish(self) -> RunResult:
        """Runs to the end, past all breakpoints.

        Raises:
            ExecutionError: the run failed, or was stopped.
        """
        if not self._stepper.is_over:
            self._go_on("step", lambda _: False, listens=False)
        if self.error is not None:
            raise self.error
        if self.result is None:
            raise ExecutionError("the run was stopped")
        return self.result

    def _go_on(self, reason: Reason, wanted: Callable[[Unit], bool], *, listens: bool = True) -> Stop:
        if self._is_closed:
            raise InputError("the debugging session is closed")
        return self._guarded(lambda: self._run(reason, wanted, listens=listens))

    def _guarded(self, going: Callable[[], Stop]) -> Stop:
        """Where that ends; a KeyboardInterrupt, or what should not happen, ends the session."""
        run = self._stepper.run
        run.on()
        with interrupts_stop(run.stop):
            try:
                self.stop = going()
            except CancelledRunError:
                self.stop = self._interrupted()
            except BaseException:
                self.close()
                raise
            finally:
                run.stand()
        return self.stop

    def _run(self, reason: Reason, wanted: Callable[[Unit], bool], *, listens: bool) -> Stop:
        announced, last = self.stop.next, self.stop.last
        count = 0
        while True:
            while self._stepper.settle():
                if (stop := self._noticed(listens, last)) is not None:
                    return stop
            unit = self._stepper.next
            if unit is None:
                return self._ended(last)
            if listens and unit is not announced and (hit := self._conditions.before(unit)) is not None:
                return Stop("breakpoint", f"{hit}; next: {self._place(unit)}", last, unit)
            if count and wanted(unit):
                return Stop(reason, f"{self._said(last)}next: {self._place(unit)}", last, unit)
            self._stepper.go()
            count, last = count + 1, unit
            if (stop := self._noticed(listens, last)) is not None:
                return stop

    def _start(self) -> Stop:
        """Goes before the first op."""
        while self._stepper.next is None and self._stepper.settle():
            pass
        unit = self._stepper.next
        return self._ended(None) if unit is None else Stop("start", f"next: {self._place(unit)}", None, unit)

    def _noticed(self, listens: bool, last: Unit | None) -> Stop | None:
        """Why to stop behind what has just run."""
        finished, self._stepper.finished = self._stepper.finished, []
        if self._stepper.failed is not None and not self._error_told:
            self._error_told = True
            return Stop("error", str(self._first_error()), self._stepper.failed, None)
        if not listens:
            return None
        finding = self._conditions.new_finding()
        if finding is not None:
            return Stop("non-finite", f"{self._place(last)} {finding}", last, self._stepper.next)
        for one in finished:
            found = self._conditions.behind(one, self._place)
            if found is not None:
                return Stop(*found, one.unit, self._stepper.next)
        return None

    def _ended(self, last: Unit | None) -> Stop:
        if self.error is not None:
            return Stop("error", str(self.error), self._stepper.failed or last, None)
        if self._stepper.host.is_stopped:
            return self._interrupted()
        return Stop("end", f"@{self._function} has returned", last, None)

    def _interrupted(self) -> Stop:
        self.close()
        return Stop("interrupted", "the run was stopped", self.stop.last, None)

    def _choose(self, name: str) -> None:
        matches, _ = by_name(name, self._inspector.names)
        ready = [unit for unit in self._stepper.ready if matches(unit)]
        if not ready:
            listed = ", ".join(self._place(unit) for unit in self._stepper.ready) or "nothing"
            raise InputError(f"what makes {name} is not ready; ready: {listed}")
        self._stepper.choose(ready[0])
        self.stop = replace(self.stop, next=ready[0])

    # Where to stop

    def break_at(
        self,
        what: str | Predicate | None = None,
        *,
        region: int | None = None,
        wave: int | None = None,
        after: bool = False,
    ) -> Breakpoint:
        """Sets a breakpoint.

        Args:
            what: a value that an op makes (`%7`; of a timepoint, or a result of an execution region: the end of the
                region, where the timepoint is reached); an op (`dispatch`, `stream.timepoint.await`); a kernel (`@matmul`);
                or a function that is told each unit before and after it runs.
            region: only in the execution region of this number, as graphs and timelines show it, of the function that was
                called (counted through its blocks); without `what`: anywhere in it.
            wave: only in waves of this number.
            after: stop behind, when the values are there, and not before.

        Raises:
            InputError: the program has nothing of that name or number.
        """
        matches, ops = picked(what, region, wave, self._inspector.names, self._program, self._function)
        self._count += 1
        words = [what if isinstance(what, str) else "what a function picks" if what is not None else "any op"]
        words += [f"{word} {number}" for word, number in (("region", region), ("wave", wave)) if number is not None]
        made = Breakpoint(self._count, ", ".join(words), after, matches, ops)
        self.breakpoints.append(made)
        return made

    def clear(self, breakpoint_: Breakpoint | int | None = None) -> None:
        """Takes back a breakpoint, by itself or its number; all of them, and what is watched, by default."""
        if breakpoint_ is None:
            self._conditions.watches.clear()
        kept = [b for b in self.breakpoints if breakpoint_ is not None and breakpoint_ not in (b, b.number)]
        self.breakpoints[:] = kept

    def watch(self, name: str) -> None:
        """Stops behind each op that makes a value or writes into its bytes.

        Raises:
            InputError: no value is called so.
        """
        self._conditions.watches.append(Watch(name, self._inspector))

    @property
    def breakpoints(self) -> list[Breakpoint]:
        """Those that are set."""
        return self._conditions.breakpoints

    # What there is to see

    def value(self, name: str) -> LiveValue:
        """What a value, or a global (`@name`), holds now: a copy, seen as the tensor that the program takes it for.

        Raises:
            InputError: no value is called so, or it is not there: not computed yet, or let go.
        """
        found = self._inspector.value(name)
        return replace(found, array=np.array(found.array))

    def __getitem__(self, name: str) -> Any:
        """The array of `value(name)`."""
        return self.value(name).array

    def values(self) -> list[LiveValue]:
        """All resources that hold something now; copies."""
        return [replace(found, array=np.array(found.array)) for found in self._inspector.values()]

    @property
    def inspector(self) -> Inspector:
        """Looks at values where they lie, without a copy: what it shows changes as the run goes on."""
        return self._inspector

    def where(self) -> Where:
        """What is ready, running and done: the host, regions, timepoints, queues."""
        return where_is(self._stepper, self._inspector)

    @property
    def findings(self) -> tuple[NonFinite, ...]:
        """Values that were not finite, made of finite ones, so far."""
        return tuple(self._findings.all)

    @property
    def timeline(self) -> Timeline:
        """What has run so far, and how long it took."""
        return self._stepper.run.record()

    @property
    def result(self) -> RunResult | None:
        """What the function gave; None before its end."""
        return self._stepper.host.result

    @property
    def error(self) -> BaseException | None:
        """Why the call failed; None where it did not, and before that reached the host."""
        return self._stepper.host.error

    def _first_error(self) -> BaseException | None:
        failures = self._stepper.run.failures
        return failures[0] if failures else self.error

    def _said(self, unit: Unit | None) -> str:
        """What has become of a unit; the host may be in the middle of it, at a timepoint that is not reached."""
        if unit is None:
            return ""
        is_waiting = unit.turn is None and self._stepper.pool.blocks_host
        return f"{self._place(unit)} {'waits' if is_waiting else 'has run'}; "

    def _place(self, unit: Unit | None) -> str:
        return "" if unit is None else self._inspector.place(unit)

    # The end

    def interrupt(self) -> None:
        """Stops the run from another thread, also in the middle of a loop; the session is over."""
        self._stepper.run.close()

    def close(self) -> None:
        """Ends the session. What was there last may still be looked at."""
        self._is_closed = True
        self._stepper.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @override
    def __repr__(self) -> str:
        return f"<Debugger of @{self._function}, {self.stop.reason}: {self.stop.message}>\n{self.where()}"


def _item(unit: Unit) -> tuple[int, int]:
    """Region and place of the item that a unit is of; of the host's a place of its own."""
    return (unit.region, unit.turn.place) if unit.turn is not None else (-1, id(unit))
