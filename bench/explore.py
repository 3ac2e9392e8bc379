"""The explorer on a large program, from `explore()` to a page that steps: `python -m bench.explore [SIZE]`. Needs Chromium.

Prints figures beside their bars: CPU seconds of `explore()` after import and of the page's main thread until it is interactive (and, for
a quiet machine, the page's seconds by the clock); milliseconds that the main thread takes for a step, and for a frame of the canvas; sizes.
Status 1 where a bar is missed.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from playwright.sync_api import Browser, Page, sync_playwright

from bench.programs import dispatches
from iree_explorer import load
from iree_explorer.exploration import Exploration
from iree_explorer.exploration.html import SCRIPT, front_end
from iree_explorer.syntax import Module
from iree_explorer.widgets import Explorer, explore
from tests.browser.conftest import FLAGS
from tests.browser.server import serve

QUICK_START = Path(__file__).parents[1] / "colab" / "01_quickstart.ipynb"
KB, MB = 1000, 1_000_000

# A task of the main thread: what is done at once, then the frame that it asked for, until the thread is free again.
_TIMED = """
const free = () => new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); });
const timed = async (act) => {
  const began = performance.now();
  act();
  const acted = performance.now() - began;
  return new Promise((resolve) => requestAnimationFrame(() => {
    const start = performance.now();
    free().then(() => resolve({ acted, frame: performance.now() - start }));
  }));
};
const root = document.querySelector(".ie-host").shadowRoot;
"""

_STEPS = f"""async (count) => {{
  {_TIMED}
  const next = root.querySelector("[data-ie-action=next]");
  const times = [];
  for (let step = 0; step < count; step++) {{
    const {{ acted, frame }} = await timed(() => next.click());
    times.push(acted + frame);
  }}
  return times;
}}"""

_SCRUB = f"""async (count) => {{
  {_TIMED}
  const slider = root.querySelector("[data-ie-slider]");
  const times = [];
  for (let place = 0; place < count; place++) {{
    const {{ frame }} = await timed(() => {{
      slider.value = String(Math.round(Number(slider.max) * place / count));
      slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
    }});
    times.push(frame);
  }}
  return times;
}}"""

_ZOOM = f"""async (count) => {{
  {_TIMED}
  const surface = root.querySelector("[data-ie-graph]");
  const {{ left, top, width, height }} = surface.getBoundingClientRect();
  root.querySelector("[data-ie-action=fit]").click();
  const times = [];
  for (let turn = 0; turn < count; turn++) {{
    const deltaY = turn % 40 < 20 ? -60 : 60;
    const at = {{ clientX: left + width / 2, clientY: top + height / 3, deltaY, ctrlKey: true, bubbles: true, cancelable: true }};
    const {{ frame }} = await timed(() => surface.dispatchEvent(new WheelEvent("wheel", at)));
    times.push(frame);
  }}
  return times;
}}"""


@dataclass
class Report:
    """Prints figures beside their bars and counts the bars that are missed."""

    missed: int = field(default=0)

    def tell(self, what: str, value: float, bar: float, unit: str) -> None:
        """One line."""
        self.missed += value > bar
        print(f"{what:58} {value:9.2f} {unit:3} bar {bar:6.0f}{'' if value <= bar else '  MISSED'}", flush=True)


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
    explore(load(dispatches(10)))  # imports what is imported late
    module = load(dispatches(arguments.size))
    explorer, python = min((_explore(module) for _ in range(arguments.runs)), key=lambda found: found[1])
    with serve() as site, sync_playwright() as playwright:
        site.packed["given"] = explorer.document
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        loads = [_load(browser, site.address) for _ in range(arguments.runs)]
        _, thread, clock = min(loads, key=lambda found: found[1])
        print(f"  explore() {python:.2f} s, the page {thread:.2f} s ({clock:.2f} by the clock)")
        report.tell("explore() to interactive", python + thread, 3, "s")
        page = loads[-1][0]
        _tell_times(page, _STEPS, arguments.steps, "a step: text, graph and reason", (8, 16), report)
        _tell_times(page, _SCRUB, arguments.steps, "a canvas frame while scrubbing", (16, 0), report)
        _tell_times(page, _ZOOM, arguments.steps, "a canvas frame while zooming", (16, 0), report)
        browser.close()
    _measure_sizes(explorer.exploration, report)
    return 1 if report.missed else 0


def _explore(module: Module) -> tuple[Explorer, float]:
    start = time.process_time()
    explorer = explore(module)
    return explorer, time.process_time() - start


def _load(browser: Browser, address: str) -> tuple[Page, float, float]:
    """A page until it is interactive: seconds of its main thread, and by the clock."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    session = page.context.new_cdp_session(page)
    session.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    session.send("Performance.enable")
    page.goto(f"{address}/harness.html?document=given&kernel=1")
    page.wait_for_function("window.interactive !== undefined", timeout=120_000)
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return page, metrics["TaskDuration"], page.evaluate("window.interactive") / 1000


def _tell_times(page: Page, script: str, count: int, what: str, bars: tuple[float, float], report: Report) -> None:
    times: Sequence[float] = sorted(page.evaluate(script, count))
    report.tell(f"{what}, median", statistics.median(times), bars[0], "ms")
    if bars[1]:
        report.tell(f"{what}, 95th percentile", times[int(len(times) * 0.95)], bars[1], "ms")


def _measure_sizes(exploration: Exploration, report: Report) -> None:
    report.tell("the script of the widget (_esm)", len(front_end(SCRIPT).encode()) / KB, 400, "KB")
    report.tell("the HTML page", len(exploration.to_html().encode()) / MB, 5, "MB")
    notebook: Any = nbformat.read(QUICK_START, as_version=4)
    NotebookClient(notebook, store_widget_state=True).execute()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "saved.ipynb"
        nbformat.write(notebook, path)
        report.tell("the quick-start notebook, run and saved with its widgets", path.stat().st_size / MB, 2, "MB")


if __name__ == "__main__":
    raise SystemExit(main())
