"""The mocked kernel of the harness: what the page asked of it, what it answers."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from tests.browser.documents import fixture


def sent(page: Page) -> list[dict[str, Any]]:
    """All messages so far."""
    return page.evaluate("window.sent")


def set_trait(page: Page, name: str, value: object) -> None:
    """Changes a trait, as Python does."""
    page.evaluate("([name, value]) => window.model.set(name, value)", [name, value])


def standing(words: str = "%9", **changes: Any) -> str:
    """The trait `debug` of a run of the diamond that stands at its third op, whose value is called `words`."""
    timeline = fixture("diamond")["run"]["timeline"]
    timeline["spans"] = [{**span, "critical": True} for span in timeline["spans"][:2]]
    value = {"name": words, "type": "4x4xf32", "note": "", "text": "[1., 2., …]", "nan": 2, "inf": 1}
    numbers = {"min": 0.5, "max": 2.5, "mean": 1.25}
    return json.dumps(
        {
            "reason": "step",
            "message": f"{words} = dispatch @add has run",
            "op": 22,
            "last": 21,
            "done": 2,
            "total": 10,
            "where": f"host: waits for region 0\n{words}",
            "values": [value | numbers],
            "timeline": timeline | {"peak_bytes": 2048},
        }
        | changes
    )
