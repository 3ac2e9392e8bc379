"""Running a scheduled program for a reader: inputs made up where none are given, results in a few words, the timeline."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from iree_explorer.errors import ExplorerError
from iree_explorer.exploration.explored import Explored
from iree_explorer.exploration.running.inputs import filled_inputs
from iree_explorer.exploration.running.pictures import histogram, image

if TYPE_CHECKING:
    import numpy as np

    from iree_explorer.execution import Interrupt, RunResult, Timeline
    from iree_explorer.execution.asynchronous.witness import Witness

PREVIEW_ELEMENTS = 64
PREVIEW_LETTERS = 2000

Json = dict[str, Any]


def run_json(
    exploration: Explored,
    function: str,
    inputs: Sequence[str] = (),
    workers: int | None = None,
    variables: Mapping[str, Any] | None = None,
    interrupt: Interrupt | None = None,
    witnesses: Sequence[Witness] = (),
) -> Json:
    """Runs a function of the schedule; what the page shows of it. What goes wrong is told in `error`.

    Args:
        exploration: what to run.
        function: its name.
        inputs: see `filled_inputs`.
        workers: threads; as many as processors.
        variables: arrays and numbers that inputs may name.
        interrupt: stops the run from another thread.
        witnesses: told of every op.
    """
    from iree_explorer.execution import run

    try:
        values = filled_inputs(exploration.source, function, inputs, variables)
        result = run(
            exploration.scheduled, function, *values, workers=workers, interrupt=interrupt, witnesses=witnesses
        )
    except ExplorerError as error:
        return failure_json(exploration, function, error)
    return result_json(exploration, function, result)


def result_json(exploration: Explored, function: str, result: RunResult) -> Json:
    """What a page shows of a run that came to its end."""
    elements = [*result.elements, *[None] * len(result.outputs)]
    outputs = [_output(value, element) for value, element in zip(result.outputs, elements, strict=False)]
    timeline = timeline_json(exploration, result.timeline)
    return {"function": function, "error": None, "outputs": outputs, "timeline": timeline}


def failure_json(exploration: Explored, function: str, error: BaseException) -> Json:
    """What a page shows of a run that did not begin, or did not come to its end."""
    op = exploration.op_at(error.location if isinstance(error, ExplorerError) else None)
    return {"function": function, "error": str(error), "op": op, "outputs": [], "timeline": None}


def _output(value: Any, element: Any) -> Json:
    """A result: its type, its first elements, and what they come to."""
    import numpy as np

    array = np.asarray(value)
    text = np.array2string(array, threshold=PREVIEW_ELEMENTS, precision=6, separator=", ")
    return {
        "type": _type_text(array, element),
        "text": text if len(text) <= PREVIEW_LETTERS else text[:PREVIEW_LETTERS] + " …",
        **numbers_json(array),
        "histogram": histogram(array),
        "image": image(array),
    }


def numbers_json(array: np.ndarray[Any, Any]) -> Json:
    """What the finite elements come to: `{min, max, mean}`, None where there are none."""
    import numpy as np

    kind = array.dtype.kind
    finite = array[np.isfinite(array)] if kind == "f" else array
    numbers = finite.astype(np.float64) if kind in "fiub" and finite.size else None
    return {
        "min": None if numbers is None else _number(numbers.min()),
        "max": None if numbers is None else _number(numbers.max()),
        "mean": None if numbers is None else _number(numbers.mean()),
    }


def _type_text(array: np.ndarray[Any, Any], element: Any) -> str:
    name = element.name if element is not None else str(array.dtype)
    return "x".join([*(str(size) for size in array.shape), name])


def _number(value: Any) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None


def timeline_json(exploration: Explored, timeline: Timeline) -> Json:
    """A timeline with ops, regions and waves as the document numbers them."""
    plain = timeline.to_json()
    place = exploration.node_places()
    spans: list[Json] = []
    for span in plain["spans"]:
        op, region, wave = place.get(span["op"], (-1, span["region"], span["wave"]))
        spans.append({**span, "op": op, "region": region, "wave": wave})
    return {**plain, "spans": spans}
