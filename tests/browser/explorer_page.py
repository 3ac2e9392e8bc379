"""Where things are in the explorer's page, for every test that drives it: this harness, the HTML page, a live notebook.

The page lives in an open shadow tree; Playwright's CSS selectors reach into it. All hooks are `data-ie-*` attributes:

| selector | what |
|---|---|
| `[data-ie-root]` | the widget; takes the keys; `data-ie-theme` is `light` or `dark` |
| `[data-ie-action=NAME]` | buttons: first previous next last play continue only-changes load help screen run break fit… |
| `[data-ie-select=NAME]` | choices: passes favor execution concurrency stage unit function workers sample |
| `[data-ie-slider]`, `[data-ie-step]`, `[data-ie-total]` | the slider, the number of the step (from 1), `/ count` |
| `[data-ie-reason]`, `[data-ie-kind]`, `[data-ie-halted]` | the sentence, the step's kind, a breakpoint stops here |
| `[data-ie-line=current]`, `[data-ie-edited]`, `[data-ie-lit]`, `[data-ie-selected]` | lines of the program in that role |
| `[data-ie-node]` | a node: `data-ie-op`, `data-ie-region`, `data-ie-wave`; flags `-placed -hidden -current -selected -lit -broken` |
| `.ie-region`, `.ie-wave` | hulls: `data-ie-growth` is absent, forming or formed |
| `[data-ie-fold=N]`, `[data-ie-folded]`, `[data-ie-fold-note]` | title of a region (a click folds it), a folded one, what is folded |
| `[data-ie-menu-item=NAME]`, `[data-ie-answer]`, `[data-ie-accused]` | the menu on an op, an answer, the partition that refused |
| `[data-ie-candidates] tr[data-ie-candidate]` | rows of the table: `data-ie-verdict` |
| `[data-ie-break=WORD]`, `[data-ie-breakpoint=WORD]` | what sets a breakpoint, its row in the list (tab `breaks`) |
| `[data-ie-tab=why\\|run\\|breaks]`, `[data-ie-input=N]`, `[data-ie-result]`, `[data-ie-span]` | lower pane, run inputs, results, timeline |
| `[data-ie-timeline]`, `[data-ie-gantt-op]` | what takes the timeline's keys; times in sight, the selected op in words |
| `[data-ie-share=KIND]` | the Share menu: svg png dot model-explorer mlir trace html perfetto |
| `[data-ie-compare]`, `[data-ie-figure=NAME]`, `[data-ie-difference="A B"]`, `[data-ie-side=before\\|after]` | two runs |
| `[data-ie-pass-step=N]` | a pass of a compiler's dump in the list of all; `data-ie-changes`: it changes the text |
| `[data-ie-error]`, `[data-ie-run-error]`, `[data-ie-busy]` | error line, error of a run, what is under way |
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import FrameLocator, Locator, Page, expect


@dataclass(frozen=True)
class ExplorerPage:
    """One widget in a page. `scope` is the page, a frame in it, or the output cell that holds the widget."""

    scope: Page | FrameLocator | Locator

    @property
    def root(self) -> Locator:
        return self.scope.locator("[data-ie-root]").first

    def find(self, selector: str) -> Locator:
        return self.root.locator(selector)

    def action(self, name: str) -> Locator:
        return self.find(f"[data-ie-action={name}]")

    def select(self, name: str) -> Locator:
        return self.find(f"[data-ie-select={name}]")

    def wait_for_document(self) -> None:
        expect(self.find(".cm-line").first).to_be_visible()
        expect(self.find("[data-ie-total]")).not_to_be_empty()

    def share(self, kind: str) -> None:
        """Chooses from the menu of what can be taken away."""
        self.action("share").click()
        self.find(f"[data-ie-share={kind}]").click()

    @property
    def step(self) -> int:
        """Ordinal of the step shown, from 0."""
        return int(self.find("[data-ie-step]").input_value()) - 1

    @property
    def reason(self) -> str:
        return self.find("[data-ie-reason]").inner_text()

    @property
    def current_lines(self) -> list[str]:
        return self.find("[data-ie-line=current]").all_inner_texts()

    def node(self, identifier: int) -> Locator:
        return self.find(f'[data-ie-node="{identifier}"]')

    def go_to(self, step: int) -> None:
        """Shows a step, counted from 0, by its number field."""
        field = self.find("[data-ie-step]")
        field.fill(str(step + 1))
        field.press("Enter")
        expect(field).to_have_value(str(step + 1))

    def placed(self) -> dict[int, tuple[int, int]]:
        """Region and wave of each node that stands in a region."""
        rows = self.find("[data-ie-node][data-ie-placed]").evaluate_all(
            "nodes => nodes.map(n => [n.dataset.ieNode, n.dataset.ieRegion, n.dataset.ieWave].map(Number))"
        )
        return {node: (region, wave) for node, region, wave in rows}
