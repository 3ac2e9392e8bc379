"""What is read off an observed run: stages, graphs, texts; what page, trace text and answers are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xdsl.ir import OpResult, SSAValue

from iree_explorer.exploration.edits import Edit, Text
from iree_explorer.exploration.labels import short_labels
from iree_explorer.exploration.observe import Observation
from iree_explorer.exploration.stages import Stage, StageReader, origins
from iree_explorer.graph import Graph
from iree_explorer.graph.build import Names, build_graph
from iree_explorer.graph.figures import Figures, figures_of
from iree_explorer.partitioning.trace.naming import Regions, TraceNames
from iree_explorer.partitioning.trace.reasons import Labels
from iree_explorer.partitioning.trace.recording import OpIds
from iree_explorer.partitioning.trace.steps import Rewritten
from iree_explorer.passes.schedule import is_lowered


@dataclass(frozen=True)
class Parts:
    """What is shown of a run, before it is JSON or words.

    Attributes:
        stages: those in which anything was scheduled or changed.
        graphs: of the functions of these stages, in the order of their first stage.
        graph_of: function op's id → place in `graphs`.
        reader: what reads the texts.
    """

    observation: Observation
    origin: Mapping[int, int]
    names: TraceNames
    stages: Sequence[Stage]
    graphs: Sequence[Graph]
    graph_of: Mapping[int, int]
    reader: StageReader

    @property
    def before(self) -> Text:
        """The module's text before the passes."""
        return self.reader.before

    @property
    def after(self) -> Text:
        """The module's text after the passes; where they refused, as far as they got."""
        return self.reader.text if self.observation.refusal else self.reader.after

    @cached_property
    def remaining(self) -> Sequence[Edit]:
        """Edits after the last stage's."""
        return () if self.observation.refusal else self.reader.remaining_edits()

    @cached_property
    def figures(self) -> Sequence[Figures]:
        """Those of each graph."""
        return [figures_of(graph) for graph in self.graphs]

    def graph_number(self, stage: Stage) -> int:
        """Which of the graphs is that of a stage's function."""
        return self.graph_of[self.observation.ids.of(stage.function)]

    def regions(self, stage: Stage) -> Regions:
        """The regions of a stage's function."""
        return self.names.regions_of(self.observation.ids.of(stage.function))

    @property
    def has_work(self) -> bool:
        """Whether any function holds a region, or anything that was put into one; of what is lowered nothing counts."""
        if is_lowered(self.observation.source):
            return False
        placed = any(step.kind in ("placed", "cloned", "refused") for step in self.observation.trace)
        return placed or any(graph.regions for graph in self.graphs)


def read_parts(observation: Observation) -> Parts:
    """Reads stages, texts and graphs off an observation."""
    origin = origins(observation)
    names = TraceNames.of(observation.trace)
    reader = StageReader(observation, origin)
    stages = [stage for stage in reader.stages() if _matters(stage, observation)]
    labels = _Labels(reader, observation.ids, origin)
    graphs: list[Graph] = []
    graph_of: dict[int, int] = {}
    divided = {observation.ids.of(stage.function) for stage in stages if stage.scope == "concurrency"}
    for stage in stages:
        function = observation.ids.of(stage.function)
        if function not in graph_of:
            graph_of[function] = len(graphs)
            known = names.of_function(function, observation.ids)
            called = Names(**vars(known), origin=origin, value=labels.of_value)
            with_waves = bool(names.divided) if function in divided else None
            graphs.append(build_graph(stage.function, called, with_waves=with_waves))
    return Parts(observation, origin, names, stages, graphs, graph_of, reader)


class _Labels:
    """How ops are called: as in the text before the passes, those that the passes made as in the text after."""

    def __init__(self, reader: StageReader, ids: OpIds, origin: Mapping[int, int]) -> None:
        self._reader = reader
        self._ids = ids
        self._origin = origin
        self._before = short_labels(reader.before)

    @cached_property
    def _after(self) -> Mapping[int, str]:
        return short_labels(self._reader.after)

    def of_value(self, value: SSAValue) -> str:
        """The name of a value, `%7`; empty: it has none."""
        if not isinstance(value, OpResult):
            return ""
        number = self._ids.of(value.op)
        label = self._of_op(self._origin.get(number, number))
        if not label.startswith("%"):
            return ""
        return f"{label}#{value.index}" if len(value.op.results) > 1 else label

    def _of_op(self, op: int) -> str:
        """The label of an op by its id; empty: it has no line."""
        found = self._before.get(op)
        return self._after.get(op, "") if found is None else found


def _matters(stage: Stage, observation: Observation) -> bool:
    """Whether the stage looked into a region, put any op anywhere, changed the text, or ended in a refusal."""
    steps = observation.trace.steps[stage.first : stage.end]
    looked = stage.scope == "concurrency" and bool(steps)
    return looked or any(step.kind in ("placed", "cloned", "refused") for step in steps) or stage.has_edits


def main_graph(graphs: Sequence[Graph]) -> int:
    """The graph that a reader wants to see first: that with most ops in regions, of several the first; -1: there is none.

    That of an initializer only if there is no other, as that of a model holds its constants.
    """
    order = sorted(range(len(graphs)), key=lambda index: (_is_initializer(graphs[index]), -_work(graphs[index]), index))
    return order[0] if order else -1


def _is_initializer(graph: Graph) -> bool:
    return graph.function == "initializer"


def _work(graph: Graph) -> int:
    return sum(len(region.nodes) for region in graph.regions)


def stage_labels(parts: Parts, stage: Stage) -> Labels:
    """How the sentences of a stage call ops: by their names in its text, execution regions by their partition."""
    trace = parts.observation.trace
    rewritten = (step.op for step in trace.steps[stage.first : stage.end] if isinstance(step, Rewritten))
    passing = {op: trace.names[op] for op in rewritten}
    return {**passing, **stage.labels, **{op: label for op, (_, label) in parts.regions(stage).items()}}
