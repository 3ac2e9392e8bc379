"""The document: all that the page shows, as JSON. Its schema is `document.schema.json`; its version is in it."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from iree_explorer.exploration.edits import Edit, Text
from iree_explorer.exploration.labels import long_labels
from iree_explorer.exploration.observe import LONG
from iree_explorer.exploration.page.columns import Column, Later, Made, rows, some
from iree_explorer.exploration.page.graphs import graphs_json
from iree_explorer.exploration.page.steps import Members, StepTable, StepWriter
from iree_explorer.exploration.parts import Parts, main_graph, stage_labels
from iree_explorer.exploration.stages import Stage
from iree_explorer.graph import Graph, byte_text
from iree_explorer.graph.figures import Figures, longest_chain
from iree_explorer.graph.model import NOWHERE
from iree_explorer.partitioning.config import Favor
from iree_explorer.partitioning.partitioner import partitioner_choices
from iree_explorer.passes.schedule_options import ScheduleOptions

VERSION = 2
COMPRESSION = 1
"""Level of zlib: a third of the time of the usual 6, a quarter larger."""
FEW = 32
"""Members of a value that are written one by one; those of a longer one, a column for the most part, at once."""
Json = dict[str, Any]


def build_document(parts: Parts, title: str, functions: Sequence[Json], *, remedy: str = "", nothing: str = "") -> Json:
    """The document of version `VERSION`, long lists as tables (`columns`).

    Where it opens with the text as it was before the passes, what they made of it comes later, with the names of ops.

    Args:
        parts: what it shows.
        title: what the reader calls the program.
        functions: those that can be run.
        remedy: of a refused program, the partitioner of execution regions that schedules it; empty: none is known.
        nothing: why there are no graphs; empty: there are some.
    """
    steps, stages, written = _steps(parts)
    start = _start(parts, stages)
    late = Made if start else Later
    return {
        "version": VERSION,
        "title": title,
        "start": start,
        "options": _options(parts.observation.options),
        "choices": _choices(),
        "text": Made(lambda: _text(parts.before)),
        "ops": late(lambda: _ops(parts, steps)),
        "stages": stages,
        "steps": steps.json(late(lambda: some(_edits_by_step(parts, steps, written)))),
        "graphs": Made(lambda: graphs_json(parts.graphs)),
        "functions": list(functions),
        "refusal": _refusal(parts, remedy),
        "nothing": nothing,
        "run": None,
        "command": parts.observation.source.source.command,
    }


def _start(parts: Parts, stages: Sequence[Json]) -> int:
    """The first step of the graph that a reader wants to see first; of a program that was refused, its refusal."""
    if parts.observation.refusal is not None:
        return stages[-1]["end"] - 1 if stages else 0
    wanted = main_graph(parts.graphs)
    return next((stage["first"] for stage in stages if stage["graph"] == wanted), 0)


def encode_document(document: Json) -> bytes:
    """The whole document as zlib-deflated UTF-8 JSON. Lone surrogates, which UTF-8 has none of, stay escaped."""
    return _deflated(document, lambda column: column.value)


def encode_opening(document: Json) -> tuple[bytes, Sequence[Later]]:
    """What a page opens with, as `encode_document` has it; and the columns that come after it, by their numbers."""
    later: list[Later] = []

    def number(column: Later) -> Json:
        later.append(column)
        return {"later": len(later) - 1}

    return _deflated(document, number), later


def encode_later(columns: Sequence[Later]) -> bytes:
    """What comes after `encode_opening`, deflated; nothing where no column is left."""
    return _deflated([*columns], lambda column: column.value) if columns else b""


def _deflated(value: Any, write: Callable[[Later], Any]) -> bytes:
    packer = zlib.compressobj(COMPRESSION)
    packed = [packer.compress(piece.encode("ascii")) for piece in _pieces(value, write)]
    return b"".join([*packed, packer.flush()])


def _pieces(value: Any, write: Callable[[Later], Any]) -> Iterator[str]:
    """The JSON of a value, in pieces of a column or so: at once it would take more than all that it tells of."""
    if isinstance(value, Made):
        value = write(value) if isinstance(value, Later) else value.value
    if isinstance(value, dict) and len(value) <= FEW:
        yield "{"
        for number, (key, inner) in enumerate(value.items()):
            yield f"{',' if number else ''}{json.dumps(key)}:"
            yield from _pieces(inner, write)
        yield "}"
    elif isinstance(value, list) and len(value) <= FEW:
        yield "["
        for number, inner in enumerate(value):
            yield "," if number else ""
            yield from _pieces(inner, write)
        yield "]"
    else:
        yield json.dumps(value, separators=(",", ":"), ensure_ascii=True, check_circular=False)


def decode_document(data: bytes, later: bytes = b"") -> Json:
    """What `encode_document` encoded, or `encode_opening` and `encode_later`, with objects in place of tables."""
    columns: list[Column] | None = json.loads(zlib.decompress(later)) if later else None
    return rows(json.loads(zlib.decompress(data)), columns)


# Options and the like


def _options(options: ScheduleOptions) -> Json:
    return {
        "passes": list(options.passes),
        "favor": options.favor,
        "partitioner": {"execution": options.execution, "concurrency": options.concurrency},
    }


def _choices() -> Json:
    return {
        "favors": [favor.value for favor in Favor],
        "partitioners": partitioner_choices(),
    }


def _refusal(parts: Parts, remedy: str) -> Json | None:
    error = parts.observation.refusal
    if error is None:
        return None
    return {"text": error.brief_text, "op": parts.observation.op_at(error.location), "remedy": remedy}


def _text(text: Text) -> Json:
    return {"lines": [line for line, _ in text], "owners": [owner for _, owner in text]}


def _ops(parts: Parts, steps: StepTable) -> dict[str, Json]:
    """The ops that steps, nodes or candidates speak of."""
    spoken = set(chain(steps.ops, steps.candidates.ops()))
    spoken |= {node.op for graph in parts.graphs for node in graph.nodes}
    spoken.discard(NOWHERE)
    names = parts.observation.trace.names
    wanted = {op: names[op] for op in spoken if op < len(names)}
    labels = long_labels(parts.before, wanted)
    missing = {op: name for op, name in wanted.items() if op not in labels}
    for text in chain(([parts.after] if missing else ()), _texts(parts, missing)):
        labels |= {op: label for op, label in long_labels(text, missing).items() if op not in labels}
    return {str(op): {"name": name, "label": labels.get(op) or name} for op, name in sorted(wanted.items())}


def _texts(parts: Parts, missing: Mapping[int, str]) -> Iterator[Text]:
    """The texts in between, for ops that are neither in the first nor the last."""
    if missing:
        for stage in parts.stages:
            yield [line for edit in stage.edits.all() for line in edit.lines]


# Steps


class _Written(NamedTuple):
    """The steps `first <= i < end` of a stage.

    Attributes:
        lasts: for each that the trace tells, the last step of the trace that it stands for.
    """

    stage: Stage
    first: int
    end: int
    lasts: Sequence[int]


def _steps(parts: Parts) -> tuple[StepTable, list[Json], list[_Written]]:
    steps = StepTable()
    stages: list[Json] = []
    written: list[_Written] = []
    members = [Members.of(graph, parts.origin, parts.names.offsets) for graph in parts.graphs]
    placed: list[dict[int, tuple[int, int]]] = [{} for _ in parts.graphs]
    for number, stage in enumerate(parts.stages):
        graph = parts.graph_number(stage)
        first = len(steps)
        written.append(_add_stage(steps, parts, number, members[graph], placed[graph]))
        stages.append(
            {
                "function": parts.graphs[graph].function,
                "pass": stage.scope,
                "graph": graph,
                "first": first,
                "end": len(steps),
            }
        )
    return steps, stages, written


def _add_stage(
    steps: StepTable, parts: Parts, number: int, members: Members, placed: dict[int, tuple[int, int]]
) -> _Written:
    """Adds the steps of a stage, and one more that ends it, unless the program was refused."""
    stage, first = parts.stages[number], len(steps)
    lasts = _write_stage(steps, parts, number, members, placed)
    if parts.observation.refusal is not None and number == len(parts.stages) - 1:
        if len(steps) == first or steps.kinds[-1] != "refused":
            _add_last(steps, number, "refused", parts, str(parts.observation.refusal))
    else:
        _add_last(steps, number, "ended", parts, _conclusion(parts, members.graph, stage))
        _settle(steps, first, members.graph, stage, placed)
    return _Written(stage, first, len(steps), lasts)


def _edits_by_step(parts: Parts, steps: StepTable, written: Sequence[_Written]) -> dict[int, list[Json]]:
    """What each step did to the text, by the step's number."""
    found: dict[int, list[Json]] = {}
    for stage, first, end, lasts in written:
        changes, ending = stage.edits
        places = [(_home(steps, first, bisect_left(lasts, before)), edits) for before, edits in changes]
        for place, edits in (*places, (end - 1, ending)):
            if edits:
                found.setdefault(place, []).extend(_edits(edits))
    if len(steps) and parts.remaining:
        found.setdefault(len(steps) - 1, []).extend(_edits(parts.remaining))
    return found


def _home(steps: StepTable, first: int, count: int) -> int:
    """Which of the first `count` steps of the stage that begins at `first` shows what the text is after them.

    The last that changes the IR; the search for regions in one more block, which finds none, may come after it.
    """
    made = (at for at in range(first + count - 1, first - 1, -1) if steps.kinds[at] in ("outlined", "rewritten"))
    return next(made, first + max(count - 1, 0))


def _write_stage(
    steps: StepTable, parts: Parts, number: int, members: Members, placed: dict[int, tuple[int, int]]
) -> list[int]:
    """Writes the steps of the trace; returns for each that is written the last step of the trace that it stands for."""
    stage = parts.stages[number]
    regions = {op: ordinal for op, (ordinal, _) in parts.regions(stage).items()}
    regions |= {region.op: region.ordinal for region in members.graph.regions}
    shown = {before - 1 for before in stage.shown}
    writer = StepWriter(steps, number, stage.scope, stage_labels(parts, stage), members, regions, shown)
    trace = parts.observation.trace.steps[stage.first : stage.end]
    lasts: list[int] = []
    for step, last in writer.write(trace, stage.first):
        lasts.append(last)
        for node, region, wave in steps.places.get(step, ()):
            placed[node] = region, wave
    return lasts


def _add_last(steps: StepTable, number: int, kind: str, parts: Parts, reason: str) -> None:
    steps.add(kind, number, parts.observation.ids.of(parts.stages[number].function), reason)


def _conclusion(parts: Parts, graph: Graph, stage: Stage) -> str:
    """What a pass has made of a function, such as `@main runs in 2 execution regions`."""
    if stage.scope == "execution":
        count = len(graph.regions)
        long = "; the text is long: edits of regions and clean-up are all shown here"
        words = long if len(parts.before) > LONG else ""
        return f"@{graph.function} runs in {count} execution region{'' if count == 1 else 's'}{words}"
    found = parts.figures[parts.graph_number(stage)]
    if not found.waves:
        return f"@{graph.function} runs one op after the other"
    return "; ".join(_measured(graph, found))


def _measured(graph: Graph, found: Figures) -> Iterator[str]:
    """What the waves come to."""
    yield f"@{graph.function} runs in {found.waves:,} wave{'' if found.waves == 1 else 's'}"
    yield f"the widest holds {found.widest}"
    if found.critical_path < found.waves:
        yield f"the critical path takes {found.critical_path:,} of them"
    yield f"the longest chain of ops that need each other, ringed in the graph, has {len(longest_chain(graph)):,}"
    if found.peak_bytes:
        unknown = f", not counting {found.unsized:,} of unknown size" if found.unsized else ""
        yield f"results hold {byte_text(found.peak_bytes)} at most{unknown}"


def _settle(steps: StepTable, first: int, graph: Graph, stage: Stage, placed: dict[int, tuple[int, int]]) -> None:
    """Puts nodes that no step has placed where they are: at the start where their region was there, else at the end."""
    is_first = not placed
    late: list[list[int]] = []
    early: list[list[int]] = []
    for node in graph.nodes:
        if node.region == NOWHERE:
            continue
        wanted = (node.region, node.wave if stage.scope == "concurrency" else NOWHERE)
        if placed.get(node.id) == wanted:
            continue
        if is_first and stage.scope == "concurrency" and node.id not in placed:
            early.append([node.id, node.region, NOWHERE])
        if (node.region, NOWHERE) != wanted or not early or early[-1][0] != node.id:
            late.append([node.id, *wanted])
        placed[node.id] = wanted
    if early:
        steps.places[first] = [*early, *steps.places.get(first, ())]
    if late:
        steps.places.setdefault(len(steps) - 1, []).extend(late)


def _edits(edits: Iterable[Edit]) -> list[Json]:
    return [
        {
            "line": edit.line,
            "remove": edit.remove,
            "lines": [line for line, _ in edit.lines],
            "owners": [owner for _, owner in edit.lines],
        }
        for edit in edits
    ]
