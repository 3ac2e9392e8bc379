"""Running a scheduled program for a reader: inputs made up where none are given, results in a few words, the timeline."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Operation

from iree_explorer.errors import ExplorerError, InputError
from iree_explorer.graph import Graph
from iree_explorer.graph.build import function_name
from iree_explorer.syntax import Module

if TYPE_CHECKING:
    import numpy as np

    from iree_explorer.execution.values import ValueType
    from iree_explorer.exploration.explore import Exploration

FUNCTIONS = frozenset({"util.func", "func.func"})
SEED = 0
DYNAMIC_SIZE = 4
"""What an unknown dimension of a made-up input is."""
PREVIEW_ELEMENTS = 64
PREVIEW_LETTERS = 2000

Json = dict[str, Any]


def runnable_functions(module: Module) -> list[Json]:
    """The public functions that have a body: `{name, inputs, outputs}`, types as users write them (`4x16xf32`)."""
    from iree_explorer.execution.signature import signature_of

    found: list[Json] = []
    for op in _public_functions(module):
        types = signature_of(op)
        inputs, outputs = ([str(type_) for type_ in part] for part in (types.inputs, types.outputs))
        found.append({"name": function_name(op), "inputs": inputs, "outputs": outputs})
    return found


def _public_functions(module: Module) -> Iterator[Operation]:
    for op in module.op.body.block.ops:
        if op.name not in FUNCTIONS or not op.regions or not op.regions[0].blocks:
            continue
        visibility = op.properties.get("sym_visibility") or op.attributes.get("sym_visibility")
        if not isinstance(visibility, StringAttr) or visibility.data == "public":
            yield op


# One run


def run_json(exploration: Exploration, function: str, inputs: Sequence[str] = (), workers: int | None = None) -> Json:
    """Runs a function of the schedule; what the page shows of it. What goes wrong is told in `error`.

    Args:
        exploration: what to run.
        function: its name.
        inputs: in the syntax of `iree-run-module`; an empty one is made up, the same each time.
        workers: threads; as many as processors.
    """
    from iree_explorer.execution import run

    found: Json = {"function": function, "error": None, "outputs": [], "timeline": None}
    try:
        values = _inputs(exploration.source, function, inputs)
        result = run(exploration.scheduled, function, *values, workers=workers)
    except ExplorerError as error:
        return {**found, "error": str(error)}
    elements = [*result.elements, *[None] * len(result.outputs)]
    found["outputs"] = [_output(value, element) for value, element in zip(result.outputs, elements, strict=False)]
    found["timeline"] = _timeline(exploration, result.timeline.to_json())
    return found


def _inputs(module: Module, function: str, inputs: Sequence[str]) -> list[Any]:
    from iree_explorer.execution.signature import signature_of

    op = next((op for op in _public_functions(module) if function_name(op) == function), None)
    if op is None:
        raise InputError(f"the module has no public function @{function}")
    types = signature_of(op).inputs
    given = [*inputs, *[""] * (len(types) - len(inputs))]
    if len(given) > len(types):
        raise InputError(f"@{function} takes {len(types)} inputs, {len(given)} are given")
    import numpy as np

    random = np.random.default_rng(SEED)
    return [
        text if text.strip() else made_up(type_, place, random)
        for place, (text, type_) in enumerate(zip(given, types, strict=True))
    ]


def made_up(type_: ValueType, place: int, random: np.random.Generator) -> Any:
    """An input of the given type: normally distributed numbers, integers from 0 to 9.

    Raises:
        InputError: values of this type cannot be made up.
    """
    import numpy as np

    if type_.element is None:
        raise InputError(f"input {place} is a {type_}: give a value, such as 4x16xf32=1")
    shape = tuple(size if size >= 0 else DYNAMIC_SIZE for size in type_.shape or ())
    if type_.element.bits == 1:
        values = random.integers(0, 2, shape)
    elif type_.element.is_float or type_.element.kind == "complex":
        values = random.standard_normal(shape)
    else:
        values = random.integers(0, 10, shape)
    array = np.asarray(values).astype(type_.element.dtype)
    return array if type_.shape is not None else array[()]


def _output(value: Any, element: Any) -> Json:
    """A result: its type, its first elements, and what they come to."""
    import numpy as np

    array = np.asarray(value)
    text = np.array2string(array, threshold=PREVIEW_ELEMENTS, precision=6, separator=", ")
    kind = array.dtype.kind
    finite = array[np.isfinite(array)] if kind == "f" else array
    numbers = finite.astype(np.float64) if kind in "fiub" and finite.size else None
    return {
        "type": _type_text(array, element),
        "text": text if len(text) <= PREVIEW_LETTERS else text[:PREVIEW_LETTERS] + " …",
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


def _timeline(exploration: Exploration, timeline: Json) -> Json:
    """The timeline with ops, regions and waves as the document numbers them."""
    place = exploration.node_places()
    spans: list[Json] = []
    for span in timeline["spans"]:
        op, region, wave = place.get(span["op"], (-1, span["region"], span["wave"]))
        kept = {name: span[name] for name in ("name", "worker", "start", "end", "bytes", "affinity")}
        spans.append({"op": op, **kept, "region": region, "wave": wave})
    return {"workers": timeline["workers"], "spans": spans}


def places_of(graphs: Sequence[Graph], numbers: dict[int, int]) -> dict[int, tuple[int, int, int]]:
    """Pre-order number of an op in the scheduled module → op id, region and wave; `numbers` leads to nodes' IR ids."""
    found: dict[int, tuple[int, int, int]] = {}
    by_own = {node.own: node for graph in graphs for node in graph.nodes}
    for number, own in numbers.items():
        node = by_own.get(own)
        if node is not None:
            found[number] = (node.op, node.region, node.wave)
    return found
