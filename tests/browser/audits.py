"""What must hold whatever the page shows: everyone can read and reach it, and nothing is cut, overlaps or sticks out."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = files("axe_playwright_python") / "axe.min.js"


def serious_findings(page: Page, within: str = "body") -> list[str]:
    """Rules of axe-core that what is in `within` breaks seriously or critically, with the elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    report: dict[str, Any] = page.evaluate("where => axe.run(where, { resultTypes: ['violations'] })", within)
    return [
        f"{finding['id']}: {[node['target'] for node in finding['nodes']]}"
        for finding in report["violations"]
        if finding["impact"] in ("serious", "critical")
    ]


_MISPLACED = """root => {
  const SLACK = 1.5;
  const name = (e) => e.outerHTML.replace(/\\s+/g, " ").slice(0, 140);
  const hasText = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== "");
  const isControl = (e) => e.matches("button, select, input, textarea, summary");
  const isInside = (e) => e.closest(".cm-editor, svg, option, .ie-sr-only") !== null;
  const items = [...root.querySelectorAll("*")].filter(
    (e) => !isInside(e) && e.checkVisibility({ visibilityProperty: true }) && (isControl(e) || (hasText(e) && !e.closest("button, select, summary"))),
  );
  const parentOf = (e) => (e === root ? null : e.parentElement);
  const styles = new Map();
  const styleOf = (e) => { if (!styles.has(e)) styles.set(e, getComputedStyle(e)); return styles.get(e); };
  const layerOf = (e) => {
    for (let at = e; at && at !== root; at = parentOf(at)) if (styleOf(at).position === "absolute" && styleOf(at).zIndex !== "auto") return at;
    return root;
  };
  const found = [];
  const seen = [];
  for (const item of items) {
    const box = item.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
    let scrolls = false;
    let dots = styleOf(item).textOverflow === "ellipsis";
    if (!dots && styleOf(item).overflowX !== "visible" && !item.matches("input, select, textarea") && item.scrollWidth > item.clientWidth + SLACK && !/auto|scroll/.test(styleOf(item).overflowX)) found.push(`cut: ${name(item)}`);
    for (let at = parentOf(item); at; at = parentOf(at)) {
      const style = styleOf(at);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const edge = at.getBoundingClientRect();
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) scrolls = true;
      dots ||= style.textOverflow === "ellipsis";
      const out = left < edge.left - SLACK || right > edge.right + SLACK || top < edge.top - SLACK || bottom > edge.bottom + SLACK;
      if (out && !scrolls && !dots) found.push(`cut by ${at.className}: ${name(item)}`);
      [left, top, right, bottom] = [Math.max(left, edge.left), Math.max(top, edge.top), Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
    }
    if (right - left > SLACK && bottom - top > SLACK) seen.push({ item, left, top, right, bottom, layer: layerOf(item) });
  }
  for (const [index, a] of seen.entries())
    for (const b of seen.slice(index + 1)) {
      if (a.layer !== b.layer || a.item.contains(b.item) || b.item.contains(a.item)) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > SLACK && down > SLACK) found.push(`overlap: ${name(a.item)} and ${name(b.item)}`);
    }
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  return found;
}"""


def misplaced(root: Any) -> list[str]:
    """Controls and words in the widget that are cut without an ellipsis or a scroll bar, or overlap others.

    What lies on a layer of its own (a menu, a tooltip) may cover what is below it. The program and the graph place what is
    in them themselves.
    """
    return root.evaluate(_MISPLACED)
