"""The explorer on a large program, from `explore()` to a page that steps: `python -m bench.explore [SIZE]`. Needs Chromium.

Prints figures beside their bars: CPU seconds of a cell with `explore()`, after import, and of the page's main thread until it is
interactive (and the page's seconds by the clock, for a quiet machine), then of what follows (`details`), in Python and in the page;
milliseconds that the main thread takes for a step, and for a frame of the canvas; sizes.
Status 1 where a bar is missed.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.programs import dispatches
from iree_explorer import load
from iree_explorer.exploration import Exploration
from iree_explorer.exploration.page.html import packed_module
from iree_explorer.syntax import Module
from iree_explorer.widgets import Explorer, explore
from tests.browser.conftest import FLAGS
from tests.browser.server import serve

QUICK_START = Path(__file__).parents[1] / "colab" / "01_quickstart.ipynb"
KB, MB = 1000, 1_000_000

# Each script does one thing and waits for the frame that it asks for.
_FRAME = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
_ROOT = 'document.querySelector(".ie-host").shadowRoot'

_COMPLETE = f"""async () => {{
  model.set("details", new DataView(await (await fetch("documents/details")).arrayBuffer()));
  await new Promise((done) => setTimeout(done, 100));
  return {_FRAME};
}}"""

_STEP = f"""() => {{
  {_ROOT}.querySelector("[data-ie-action=next]").click();
  return {_FRAME};
}}"""

_SCRUB = f"""(part) => {{
  const slider = {_ROOT}.querySelector("[data-ie-slider]");
  slider.value = String(Math.round(Number(slider.max) * part));
  slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
  return {_FRAME};
}}"""

_ZOOM = f"""(part) => {{
  const surface = {_ROOT}.querySelector("[data-ie-graph]");
  const {{ left, top, width, height }} = surface.getBoundingClientRect();
  const deltaY = (part * 20) % 1 < 0.5 ? 60 : -60;
  const at = {{ clientX: left + width / 2, clientY: top + height / 3, deltaY, ctrlKey: true, bubbles: true, cancelable: true }};
  surface.dispatchEvent(new WheelEvent("wheel", at));
  return {_FRAME};
}}"""

# Counts the milliseconds of the functions that are called for frames: what draws on the canvas.
_COUNT_FRAMES = """
window.drawing = 0;
const request = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (draw) => request((time) => {
  const start = performance.now();
  draw(time);
  window.drawing += performance.now() - start;
});
"""


@dataclass
class Report:
    """Prints figures beside their bars and counts the bars that are missed."""

    missed: int = field(default=0)

    def tell(self, what: str, value: float, bar: float, unit: str) -> None:
        """One line; a bar of 0: there is none."""
        missed = 0 < bar < value
        self.missed += missed
        print(
            f"{what:58} {value:9.2f} {unit:2}{f' bar {bar:3.0f}' if bar else ''}{'  MISSED' if missed else ''}",
            flush=True,
        )


def main() -> int:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", nargs="?", type=int, default=10_000, help="dispatches (default: 10000)")
    parser.add_argument(
        "--runs", type=int, default=3, help="of `explore()` and of the page; the fastest counts (default: 3)"
    )
    parser.add_argument("--steps", type=int, default=400, help="steps, scrubs and turns of the wheel (default: 400)")
    arguments = parser.parse_args()
    report = Report()
    _explore(load(dispatches(10)))  # imports what is imported late
    module = load(dispatches(arguments.size))
    explorer, python, follows = min((_explore(module) for _ in range(arguments.runs)), key=lambda found: found[1])
    with serve() as site, sync_playwright() as playwright:
        site.packed["given"], site.packed["details"] = explorer.document, explorer.details
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        loads = [Session.open(browser, site.address) for _ in range(arguments.runs)]
        thread = min(session.thread for session in loads)
        clock = min(session.clock for session in loads)
        print(f"explore() {python:.2f} s CPU; the page {thread:.2f} s of its main thread, {clock:.2f} s by the clock")
        report.tell("explore() to interactive, CPU", python + thread, 3, "s")
        report.tell("what follows, CPU", follows + min(session.complete() for session in loads), 0, "s")
        count = arguments.steps
        session = loads[-1]
        _tell_times(session.tasks(_STEP, count), "a step: text, graph and reason", (8, 16), report)
        _tell_times(session.tasks(_SCRUB, count), "a far jump, all of the page", (0, 0), report)
        _tell_times(session.frames(_SCRUB, count), "a canvas frame while scrubbing", (16, 0), report)
        session.page.evaluate(f"{_ROOT}.querySelector('[data-ie-action=fit]').click()")
        session.page.evaluate(f"{_ROOT}.querySelector('[data-ie-root]').focus()")  # or the wheel scrolls the page
        _tell_times(session.frames(_ZOOM, count), "a canvas frame while zooming", (16, 0), report)
        browser.close()
    _measure_sizes(explorer.exploration, report)
    return 1 if report.missed else 0


def _explore(module: Module) -> tuple[Explorer, float, float]:
    """The widget of a cell, the CPU seconds until what it shows is on its way to the page, and those of what follows."""
    shell = InteractiveShell.instance()
    shell.user_ns.update(explore=explore, module=module)
    shown: list[float] = []

    def show() -> None:
        shown.append(time.process_time())

    shell.events.register("post_execute", show)  # before the widget's own
    start = time.process_time()
    shell.run_cell("explorer = explore(module)")
    end = time.process_time()
    shell.events.unregister("post_execute", show)
    return shell.user_ns["explorer"], shown[0] - start, end - shown[0]


@dataclass
class Session:
    """A page that shows the program, and the clock of its main thread, which stands still while other processes run.

    Attributes:
        thread: seconds of the main thread until it was interactive.
        clock: seconds until then.
    """

    page: Page
    clock_of: CDPSession
    thread: float = field(init=False)
    clock: float = field(init=False)

    @staticmethod
    def open(browser: Browser, address: str) -> "Session":
        """Opens the page and waits until it is interactive."""
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.add_init_script(_COUNT_FRAMES)
        session = Session(page, page.context.new_cdp_session(page))
        session.clock_of.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(f"{address}/harness.html?document=given&kernel=1")
        page.wait_for_function("window.interactive !== undefined", timeout=120_000)
        session.thread = session.now()
        session.clock = page.evaluate("window.interactive") / 1000
        return session

    def now(self) -> float:
        """Seconds that the main thread has run tasks."""
        metrics = self.clock_of.send("Performance.getMetrics")["metrics"]
        return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")

    def complete(self) -> float:
        """Seconds of the main thread for what follows the document."""
        return self._timed(_COMPLETE, 0, self.now)

    def tasks(self, script: str, count: int) -> list[float]:
        """Milliseconds of the main thread for each run of the script: its handlers, the drawing, style, layout and paint."""
        return [self._timed(script, place / count, self.now) * 1000 for place in range(count)]

    def frames(self, script: str, count: int) -> list[float]:
        """Milliseconds, by the clock, of the drawing alone."""
        return [self._timed(script, place / count, self._drawn) for place in range(count)]

    def _drawn(self) -> float:
        return self.page.evaluate("window.drawing")

    def _timed(self, script: str, argument: float, clock: Callable[[], float]) -> float:
        before = clock()
        self.page.evaluate(script, argument)
        return clock() - before


def _tell_times(times: Sequence[float], what: str, bars: tuple[float, float], report: Report) -> None:
    report.tell(f"{what}, median", statistics.median(times), bars[0], "ms")
    report.tell(f"{what}, 95th percentile", sorted(times)[int(len(times) * 0.95)], bars[1], "ms")


def _measure_sizes(exploration: Exploration, report: Report) -> None:
    report.tell("the script of the widget (_esm)", len(packed_module().encode()) / KB, 400, "KB")
    report.tell("the HTML page", len(exploration.to_html().encode()) / MB, 5, "MB")
    notebook: Any = nbformat.read(QUICK_START, as_version=4)
    NotebookClient(notebook, store_widget_state=True).execute()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "saved.ipynb"
        nbformat.write(notebook, path)
        report.tell("the quick-start notebook, run and saved with its widgets", path.stat().st_size / MB, 2, "MB")


if __name__ == "__main__":
    raise SystemExit(main())
