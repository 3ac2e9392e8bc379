"""Where the ops of a run are, as the graphs say it: in a run's JSON, and in one that is stepped through."""

from __future__ import annotations

from iree_explorer import samples
from iree_explorer.execution import debug
from iree_explorer.exploration import explore_module
from iree_explorer.exploration.running.debugging import DebuggedRun
from iree_explorer.exploration.running.inputs import filled_inputs
from iree_explorer.exploration.running.runs import run_json
from iree_explorer.frontends import load
from tests.unit.execution.programs import INITIALIZED
from tests.unit.exploration.programs import explore


def test_regions_of_initializers_have_the_numbers_of_their_own_graph() -> None:
    exploration = explore(INITIALIZED)
    spans = run_json(exploration, "main")["timeline"]["spans"]
    assert [span["where"] for span in spans] == ["partition 0 of @initializer, wave 0", "partition 0, wave 0"]


def test_a_stepped_run_tells_places_as_the_graph_does() -> None:
    exploration = explore(INITIALIZED)
    with debug(exploration.scheduled, "main") as session:
        run = DebuggedRun(exploration, "main", session)
        session.break_at("splat")
        session.continue_()
        assert session.stop.message.endswith("partition 0 of @initializer, wave 0")
        session.continue_()
        assert session.stop.message.endswith("partition 0, wave 0")
        lines = run.to_json()["where"].splitlines()
    assert [line.partition(";")[0] for line in lines if line.startswith("partition")] == [
        "partition 0 of @initializer: done, 1 of 1 ops",
        "partition 0: ready, 0 of 1 ops",
    ]


def test_a_region_in_a_loop_is_told_by_how_often_it_ran() -> None:
    exploration = explore_module(load(samples.loop))
    inputs = filled_inputs(exploration.source, "main", ["", "3"])
    with debug(exploration.scheduled, "main", *inputs) as session:
        session.finish()
        names = [region.name for region in session.where().regions]
    assert names == ["partition 0", *(f"partition 0, nested{turn}" for turn in ("", ", time 2", ", time 3"))]
