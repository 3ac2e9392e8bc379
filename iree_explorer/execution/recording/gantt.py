"""A timeline as a picture, light or dark as its page is: one row a worker, one bar an op, coloured by execution region."""

import html
from collections.abc import Sequence, Set
from typing import Final

from iree_explorer.execution.recording.span import Span, milliseconds, worker_name

WIDTH: Final = 860
"""Pixels, names of the workers included."""

_NAMES, _ROW, _AXIS = 64, 22, 22
_COLOURS: Final = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
"""Okabe and Ito's, which colour-blind readers tell apart; regions take turns."""
_HOST: Final = "#8a94a3"
_TICKS: Final = 4
# A picture of a notebook is an image: the colours of the page around it do not reach it, whether that is dark does.
_STYLE: Final = (
    "<style>.iet{color:#1b2430;background:#fff}.iet text{fill:currentColor}"
    "@media (prefers-color-scheme:dark){.iet{color:#e8edf4;background:#14181f}}</style>"
)


def gantt_svg(spans: Sequence[Span], critical: Set[int]) -> str:
    """Spans as SVG text, from the first on; a bar's title says op, times, bytes, region and wave. Names are escaped.

    Args:
        spans: in any order.
        critical: places of those on the critical path; their bars have an outline.
    """
    workers = sorted({span.worker for span in spans})
    start = min((span.start for span in spans), default=0)
    end = max([start + 1, *(span.end for span in spans)])
    height = len(workers) * _ROW + _AXIS
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'class="iet" role="img" font-family="sans-serif" font-size="11"><title>What ran when, by worker</title>{_STYLE}'
    )
    parts = [head]
    for row, worker in enumerate(workers):
        parts.append(f'<text x="4" y="{row * _ROW + 15}">{worker_name(worker)}</text>')
        parts += [
            _bar(span, row, (start, end), is_critical=place in critical)
            for place, span in enumerate(spans)
            if span.worker == worker
        ]
    parts += [_tick(part, (start, end), height) for part in range(_TICKS + 1)]
    return "".join(parts) + "</svg>"


def _bar(span: Span, row: int, shown: tuple[int, int], *, is_critical: bool) -> str:
    start, end = shown
    scale = (WIDTH - _NAMES - 4) / (end - start)
    colour = _HOST if span.region < 0 else _COLOURS[span.region % len(_COLOURS)]
    title = f"{span.name}: {milliseconds(span.start)} to {milliseconds(span.end)}, {span.bytes} bytes, {span.where or 'host'}"
    title += ", on the critical path" if is_critical else ""
    outline = ' stroke="currentColor" stroke-width="1.5"' if is_critical else ""
    return (
        f'<rect x="{_NAMES + (span.start - start) * scale:.1f}" y="{row * _ROW + 4}" width="{max(1.0, span.duration * scale):.1f}" '
        f'height="{_ROW - 8}" rx="2" fill="{colour}"{outline}><title>{_text(title)}</title></rect>'
    )


def _tick(part: int, shown: tuple[int, int], height: int) -> str:
    start, end = shown
    x = _NAMES + (WIDTH - _NAMES - 4) * part / _TICKS
    anchor = ("start", "middle", "end")[(part > 0) + (part == _TICKS)]
    time = milliseconds(start + (end - start) * part // _TICKS)
    return f'<text x="{x:.0f}" y="{height - 6}" text-anchor="{anchor}" opacity=".7">{time}</text>'


def _text(text: str) -> str:
    """A name of the IR as text of an SVG element."""
    return html.escape("".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text))
