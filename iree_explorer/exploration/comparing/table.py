"""Figures of two schedules as a table of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from iree_explorer.graph.model import byte_text


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of both schedules; values as text for a reader, `change` empty where there is none."""

    name: str
    before: str
    after: str
    change: str


def figure_row(name: str, before: int | None, after: int | None, *, is_bytes: bool = False) -> Row:
    """The row of a count, or of a number of bytes; None: a side has none."""

    def show(value: int | None) -> str:
        if value is None:
            return "–"
        return byte_text(value) if is_bytes else f"{value:,}"

    if before is None or after is None or before == after:
        return Row(name, show(before), show(after), "")
    sign = "+" if after > before else "−"
    share = f" ({percent(before, after)})" if before else ""
    return Row(name, show(before), show(after), f"{sign}{show(abs(after - before))}{share}")


def percent(before: float, after: float) -> str:
    """The change, such as `−12%`; empty where there was nothing."""
    return f"{'+' if after > before else '−'}{abs(after - before) / before:.0%}" if before else ""


def table_text(names: tuple[str, str], rows: Sequence[Row]) -> Iterator[str]:
    """The lines of the table, with headings: names to the left, figures to the right."""
    yield from aligned((row.name, row.before, row.after, row.change) for row in (Row("", *names, "change"), *rows))


def aligned(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of cells as text in columns: names to the left, figures to the right."""
    cells = list(lines)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for first, *others in cells:
        figures = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *figures]).rstrip()
