"""A notebook open in a browser, whatever the host: run all of it, find its widgets, tell whether any of its cells was touched."""

from __future__ import annotations

import time
from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, Protocol

from playwright.sync_api import Page, expect
from typing_extensions import override

from tests.browser.jupyter import Host

MINUTE = 60_000
RUN_SECONDS = 300
"""For all cells of a notebook."""


class Notebook(Protocol):
    """One notebook in a page."""

    page: Page

    @abstractmethod
    def open(self, address: str, name: str) -> None:
        """Opens the notebook on a server and waits for its kernel."""

    @abstractmethod
    def run_all(self) -> None:
        """Starts all cells."""

    @abstractmethod
    def cells(self) -> Any:
        """Kind, source and number of execution of each cell: what keys that leave the widget would change."""

    def wait_for_cells(self, after: int) -> None:
        """Until each cell with code was run, after the execution of a number."""
        end = time.monotonic() + RUN_SECONDS
        while not all(number > after for number in self.numbers()):
            if time.monotonic() > end:
                raise AssertionError(
                    f"{RUN_SECONDS} s after they were started, not all cells have run: {self.numbers()}"
                )
            self.page.wait_for_timeout(250)

    def numbers(self) -> list[int]:
        """Of each cell with code the number of its last execution; 0: it has not ended, or there was none."""
        numbers = [str(number).strip("[]: ") for kind, _, number in self.cells() if kind == "code"]
        return [int(number) if number.isdecimal() else 0 for number in numbers]

    @abstractmethod
    def errors(self) -> int:
        """How many outputs are errors."""


@dataclass
class LabNotebook(Notebook):
    """In JupyterLab, and in Notebook 7, which is built of the same parts."""

    page: Page
    path: str

    @override
    def open(self, address: str, name: str) -> None:
        self.page.goto(address + self.path.format(name=name))
        _wait_for_kernel(self.page)
        expect(self.page.locator(".jp-Toolbar-kernelName").first).to_contain_text("Python 3", timeout=MINUTE)
        idle = self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
        expect(idle.first).to_be_visible(timeout=MINUTE)

    @override
    def run_all(self) -> None:
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

    @override
    def cells(self) -> Any:
        return self.page.locator(".jp-Notebook .jp-Cell").evaluate_all(
            """cells => cells.map(cell => [
                cell.classList.contains("jp-CodeCell") ? "code" : "text",
                cell.querySelector(".jp-InputArea .cm-content")?.textContent,
                cell.querySelector(".jp-InputPrompt")?.textContent])"""
        )

    @override
    def errors(self) -> int:
        return self.page.locator(".jp-OutputArea-output[data-mime-type*=error]").count()


@dataclass
class ClassicNotebook(Notebook):
    """In the classic notebook."""

    page: Page

    @override
    def open(self, address: str, name: str) -> None:
        self.page.goto(f"{address}/notebooks/{name}")
        # The page is of use before its extensions are: what is shown before the one for widgets has come stays empty.
        self.page.wait_for_function(
            """() => {
                const area = globalThis.requirejs?.defined?.("notebook/js/outputarea") && requirejs("notebook/js/outputarea");
                const known = area && area.OutputArea.prototype.mime_types().includes("application/vnd.jupyter.widget-view+json");
                return known && Jupyter.notebook.kernel?.widget_manager !== undefined;
            }""",
            timeout=MINUTE,
        )
        _wait_for_kernel(self.page)

        # The manager of widgets asks a new kernel for its widgets, up to four seconds long if there is none to answer, and draws all
        # outputs anew when it knows. A widget that was drawn meanwhile is taken away by that, for good: its place loses the widget's id.
        # The same question, asked after that one, is answered after that one.
        self.page.evaluate("Jupyter.notebook.kernel.widget_manager._loadFromKernel()")

    @override
    def run_all(self) -> None:
        self.page.evaluate("Jupyter.notebook.execute_all_cells()")

    @override
    def cells(self) -> Any:
        return self.page.evaluate(
            "Jupyter.notebook.get_cells().map(cell => [cell.cell_type, cell.get_text(), cell.input_prompt_number ?? null])"
        )

    @override
    def errors(self) -> int:
        return self.page.locator(".output_error").count()


def _wait_for_kernel(page: Page) -> None:
    """Until the server says that the notebook's kernel is idle and that somebody listens to it."""
    page.wait_for_function(
        """async () => {
            const sessions = await (await fetch("/api/sessions")).json();
            return sessions.some(({ kernel }) => kernel.execution_state === "idle" && kernel.connections > 0);
        }""",
        polling=500,
        timeout=MINUTE,
    )


def notebook_in(host: Host, page: Page) -> Notebook:
    """The notebook that `page` will show."""
    if host == "nbclassic":
        return ClassicNotebook(page)
    path = "/lab/workspaces/auto-quickstart/tree/{name}?reset" if host == "jupyterlab" else "/notebooks/{name}"
    return LabNotebook(page, path)
