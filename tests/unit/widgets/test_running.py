"""Runs that the page asks for: told how far they are, stopped, stepped through."""

import json
import threading
from collections import deque
from typing import Any

import numpy as np
import pytest
from typing_extensions import override

from iree_explorer.exploration import decode_document
from iree_explorer.exploration.running.debugging import DebuggedRun
from iree_explorer.widgets import Explorer, explore
from iree_explorer.widgets.running import MOST_WAITING, Running
from tests.unit.execution.chains import CHAIN
from tests.unit.execution.loops import ALL as LOOPS
from tests.unit.widgets.test_explorer import SAMPLE, send


@pytest.fixture
def widget() -> Explorer:
    return explore(CHAIN)


def debugged(widget: Explorer) -> dict[str, Any]:
    return json.loads(widget.debug)


def begin(widget: Explorer, values: str = "2x2xf32=1 4 9 16") -> None:
    send(widget, type="debug", function="main", inputs=[values], workers=2)


def host_threads() -> int:
    return sum(thread.name == "iree-explorer-host" for thread in threading.enumerate())


def op_named(widget: Explorer, word: str) -> int:
    nodes = [node for graph in decode_document(widget.document)["graphs"] for node in graph["nodes"]]
    return next(node["op"] for node in nodes if word in node["label"] + node["detail"])


def test_a_run_is_stepped_through_from_the_page(widget: Explorer) -> None:
    begin(widget)
    assert (debugged(widget)["reason"], widget.run_result, widget.busy) == ("start", "", "")
    send(widget, type="step", way="wave")
    send(widget, type="step", way="op")
    found = debugged(widget)
    assert (found["reason"], found["done"], found["total"]) == ("step", 1, 5)
    assert found["op"] == op_named(widget, "double")
    assert {value["type"] for value in found["values"]} == {"2x2xf32"}
    send(widget, type="step", way="continue")
    assert debugged(widget)["reason"] == "end"
    (output,) = json.loads(widget.run_result)["outputs"]
    assert output["max"] == pytest.approx(-np.sqrt(2))
    send(widget, type="stop")
    assert widget.debug == ""


def test_what_was_wrong_with_a_run_is_forgotten_when_the_next_is_stepped_through(widget: Explorer) -> None:
    widget.run("main", ["nonsense"])
    assert "nonsense" in json.loads(widget.run_result)["error"]
    told: list[list[int]] = []

    def note(change: Any) -> None:
        told.append(change["new"])

    widget.observe(note, "progress")
    begin(widget)
    assert widget.run_result == ""
    assert told == [[0, 0], []]


def test_it_stops_at_breakpoints_on_ops(widget: Explorer) -> None:
    op = op_named(widget, "root")
    widget.breakpoints = ["decision:hazard", f"op:{op}", "op:x", "nonsense"]
    begin(widget)
    send(widget, type="step", way="continue")
    found = debugged(widget)
    assert (found["reason"], found["op"]) == ("breakpoint", op)
    widget.breakpoints = []
    send(widget, type="step", way="continue")
    assert debugged(widget)["reason"] == "end"


def test_it_stops_where_a_value_is_not_finite(widget: Explorer) -> None:
    begin(widget, "2x2xf32=1 -4 9 16")
    send(widget, type="step", way="continue")
    found = debugged(widget)
    assert found["reason"] == "non-finite"
    assert found["last"] == op_named(widget, "root")
    assert max(value["nan"] for value in found["values"]) == 1


def test_large_values_are_told_of_in_a_few_words(widget: Explorer) -> None:
    begin(widget, "2x100000xf32=1")
    send(widget, type="step", way="continue")
    assert len(widget.debug) < 5_000


def test_wrong_inputs_are_told(widget: Explorer) -> None:
    begin(widget, "3x2xf32=1")
    assert "input 0 of @main must be 2x?xf32" in json.loads(widget.run_result)["error"]
    send(widget, type="debug", function="nowhere", inputs=[])
    assert "no public function @nowhere" in json.loads(widget.run_result)["error"]
    assert widget.error == ""
    send(widget, type="step", way="op")
    assert widget.debug == ""


@pytest.mark.parametrize("name", LOOPS)
@pytest.mark.parametrize("kind", ["run", "debug"])
def test_a_loop_is_stopped_from_the_page(name: str, kind: str) -> None:
    program = LOOPS[name]
    widget = explore(program)
    for message in ({"type": kind, "function": "main", "inputs": []}, {"type": "step", "way": "continue"}):
        widget._handle_custom_msg(message, [])  # pyright: ignore[reportPrivateUsage]
        widget.wait(0.3)
    assert widget.busy == "running…"
    widget._handle_custom_msg({"type": "run", "function": "main", "inputs": []}, [])  # pyright: ignore[reportPrivateUsage]
    send(widget, type="stop")
    assert json.loads(widget.run_result)["error"] == "the run was stopped"
    assert (widget.busy, widget.debug, widget.progress) == ("", "", [])
    send(widget, type="load", sample="diamond")
    send(widget, type="run", function="main", inputs=[])
    assert json.loads(widget.run_result)["error"] is None


def test_a_widget_is_busy_until_its_run_ends_whatever_the_page_asks_for_meanwhile() -> None:
    widget = explore(LOOPS["host while"])
    widget._handle_custom_msg({"type": "run", "function": "main", "inputs": []}, [])  # pyright: ignore[reportPrivateUsage]
    widget.wait(0.3)
    told: list[str] = []

    def note(change: Any) -> None:
        told.append(change["new"])

    widget.observe(note, "busy")
    for message in ({"type": "variables"}, {"type": "share", "kind": "dot"}):
        widget._handle_custom_msg(message, [])  # pyright: ignore[reportPrivateUsage]
    assert (told, widget.busy) == (["writing…", "running…"], "running…")
    send(widget, type="stop")
    assert widget.busy == ""


def test_a_run_that_ends_after_another_program_came_is_not_shown(
    widget: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: Any, **__: Any) -> dict[str, Any]:
        send(widget, type="load", sample="diamond")
        return {"function": "main", "error": None, "outputs": [], "timeline": None}

    monkeypatch.setattr("iree_explorer.widgets.run_commands.run_json", late)
    widget.run("main")
    assert (widget.exploration.title, widget.run_result, widget.progress) == ("diamond", "", [])


def test_another_program_ends_the_session(widget: Explorer) -> None:
    begin(widget)
    send(widget, type="load", sample="diamond")
    assert widget.debug == ""
    send(widget, type="step", way="op")
    assert widget.debug == ""


def test_closing_the_widget_ends_the_session(widget: Explorer) -> None:
    before = host_threads()
    begin(widget)
    send(widget, type="step", way="op")
    assert host_threads() == before + 1
    widget.close()
    assert (widget.debug, host_threads(), widget.comm) == ("", before, None)
    widget.close()


@pytest.mark.parametrize("name", LOOPS)
@pytest.mark.parametrize("kind", ["run", "debug"])
def test_closing_the_widget_ends_what_runs(name: str, kind: str) -> None:
    widget = explore(LOOPS[name])
    for message in ({"type": kind, "function": "main", "inputs": []}, {"type": "step", "way": "continue"}):
        widget._handle_custom_msg(message, [])  # pyright: ignore[reportPrivateUsage]
        widget.wait(0.3)
    assert widget.busy == "running…"
    widget.close()
    assert (widget.busy, widget.debug, widget.progress) == ("", "", [])
    assert not any(thread.name == "iree-explorer-run" for thread in threading.enumerate())


def test_a_job_may_hold_its_widget_last() -> None:
    running, ended = Running(), threading.Event()

    def job(_: Any) -> None:
        running.end()
        ended.set()

    running.start(job)
    running.wait(20)
    assert ended.is_set()


def test_what_waits_is_done_after_the_job_that_runs() -> None:
    running, go, done = Running(), threading.Event(), list[str]()

    def first(_: Any) -> None:
        go.wait(20)
        done.append("first")

    running.start(first)
    running.start(lambda _: done.append("not waiting"))
    for number in range(MOST_WAITING + 2):
        running.start(lambda _, number=number: done.append(str(number)), waits=True)
    go.set()
    running.wait(20)
    assert done == ["first", *(str(number) for number in range(MOST_WAITING))]
    running.start(lambda _: done.append("later"))
    running.wait(20)
    assert done[-1] == "later"


@pytest.mark.parametrize("ending", ["stop", "forget_waiting"])
def test_what_waits_is_not_done_when_all_is_stopped(ending: str) -> None:
    running, go, done = Running(), threading.Event(), list[str]()

    def first(_: Any) -> None:
        go.wait(20)
        done.append("first")

    running.start(first)
    running.start(lambda _: done.append("second"), waits=True)
    getattr(running, ending)()
    go.set()
    running.wait(20)
    assert done == ["first"]


def test_a_stop_may_come_while_the_next_job_is_taken() -> None:
    """Were what waits forgotten between the look and the taking, the thread would die and the widget be busy for ever."""
    running, go, done = Running(), threading.Event(), list[str]()

    class Waiting(deque[Any]):
        @override
        def __len__(self) -> int:
            count = super().__len__()
            if count:
                stopping = threading.Thread(target=running.forget_waiting)
                stopping.start()
                stopping.join(0.05)
            return count

    running.start(lambda _: done.append("first" if go.wait(20) else ""))
    running.start(lambda _: done.append("second"), waits=True)
    running._waiting = Waiting(running._waiting)  # pyright: ignore[reportPrivateUsage]
    go.set()
    running.wait(20)
    assert done == ["first", "second"]
    assert not running.is_busy


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_job_that_raises_is_the_last_of_those_that_wait() -> None:
    running, go, done = Running(), threading.Event(), list[str]()

    def fails(_: Any) -> None:
        go.wait(20)
        raise RuntimeError

    running.start(fails)
    running.start(lambda _: done.append("waits"), waits=True)
    go.set()
    running.wait(20)
    assert (done, running.is_busy) == ([], False)


def test_steps_asked_for_during_a_step_follow_it(widget: Explorer) -> None:
    begin(widget)
    for _ in range(6):
        widget._handle_custom_msg({"type": "step", "way": "op"}, [])  # pyright: ignore[reportPrivateUsage]
    widget.wait(20)
    assert debugged(widget)["done"] == 2


def test_a_stop_that_was_not_asked_for_drops_the_steps_that_wait(
    widget: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(widget, "2x2xf32=1 -4 9 16")
    go, step = threading.Event(), DebuggedRun.break_on

    def slow(run: DebuggedRun, ops: Any) -> None:
        go.wait(20)
        step(run, ops)

    monkeypatch.setattr(DebuggedRun, "break_on", slow)
    for way in ("continue", "op", "op"):
        widget._handle_custom_msg({"type": "step", "way": way}, [])  # pyright: ignore[reportPrivateUsage]
    go.set()
    widget.wait(20)
    assert debugged(widget)["reason"] == "non-finite"


def test_progress_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iree_explorer.execution.observing.progress.TOLD_EACH", 0.0)
    widget = explore(SAMPLE)
    told: list[list[int]] = []

    def note(change: Any) -> None:
        told.append(change["new"])

    widget.observe(note, "progress")
    send(widget, type="run", function="main", inputs=[])
    done = [pair[0] for pair in told if pair]
    assert done[0] == 0
    assert len(set(done)) > 3
    assert {pair[1] for pair in told if pair} == {len(json.loads(widget.run_result)["timeline"]["spans"])}
    assert told[-1] == []
    assert not any(thread.name == "iree-explorer-run" for thread in threading.enumerate())


def test_a_run_that_fails_says_which_op_of_the_text_that_is_shown() -> None:
    condition = "%no = util.optimization_barrier %c0 : index\n%eq = arith.cmpi ne, %no, %c0 : index\n"
    start = "%c0 = arith.constant 0 : index\n"
    text = "// A line that is not shown.\n" + SAMPLE.text.replace(start, f'{start}{condition}cf.assert %eq, "not so"\n')
    widget = explore(text)
    lines, owners = (widget.exploration.document["text"][part] for part in ("lines", "owners"))
    widget.run("main")
    result = json.loads(widget.run_result)
    assert "not so" in lines[owners.index(result["op"])]
    assert f":{lines.index(lines[owners.index(result['op'])]) + 1}:" not in result["error"]
    widget.compare(favor="debug")
    send(widget, type="measure", function="main")
    assert (widget.failed, "not so" in widget.error) == (result["op"], True)
    send(widget, type="load", text="module {")
    assert widget.failed == -1
