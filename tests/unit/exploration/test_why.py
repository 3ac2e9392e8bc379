import itertools
import random
from pathlib import Path

import pytest
from IPython.lib.pretty import pretty

from iree_explorer.cli import main
from iree_explorer.errors import InputError
from iree_explorer.exploration import Exploration, explore_module
from iree_explorer.frontends import load
from iree_explorer.graph.model import NOWHERE
from iree_explorer.samples import ALL
from tests.conformance.generator import program
from tests.unit.exploration.programs import DIAMOND, R, dispatch, explore, function


def _sample(name: str) -> Exploration:
    return explore_module(load(next(sample for sample in ALL if sample.name == name)))


@pytest.mark.parametrize(
    ("sample", "op", "other", "words"),
    [
        ("diamond", "%3", "%2", "%3 and %2 are both in wave 1 of partition 0"),
        ("diamond", "%3", "%4", "for %3, wave 2 refused: %4 reads what %3 writes: bytes 0 to 4096"),
        ("diamond", "%4", "%3", "for %3, wave 2 refused: %4 reads what %3 writes: bytes 0 to 4096"),
        ("two_devices", "%5", "%7", "for %5, partition 2 refused: %7 in it needs what %6 hands over"),
        ("two_devices", "%6", "%7", "for %5, partition 2 refused: %7 in it needs what %6 hands over"),
        (
            "two_devices",
            "%3",
            "%4",
            "for %3, partition 1 refused: the op runs on @device_a, the partition on @device_b",
        ),
        ("two_devices", "%0", "%7", "%0 and %7 share no partition: %0 runs on the host"),
        ("loop", "%2", "%5", "%2 and %5 are in different blocks"),
        ("tied_hazard", "%1", "%4", "%4 reads and writes bytes 0 to 2048 of %1"),
        ("diamond", "%3", "%3", "%3 is one op"),
    ],
)
def test_why_not_names_what_causes_it(sample: str, op: str, other: str, words: str) -> None:
    assert words in _sample(sample).why_not(op, other)


def test_a_cell_shows_the_lines_of_an_answer() -> None:
    exploration = _sample("diamond")
    for answer in (exploration.why("%3"), exploration.why_not("%3", "%4")):
        assert "\n" in answer
        assert pretty(answer) == answer


def test_why_tells_of_both_passes_and_of_copies() -> None:
    answer = _sample("cloned_splat").why("%1").splitlines()
    assert answer[0].startswith("%1 = stream.async.splat")
    assert "    %1 is cheap to repeat: each consumer gets its own, in partitions 0–1" in answer
    assert [line for line in answer if line.startswith("  waves of")] == [
        "  waves of partition 0:",
        "  waves of partition 1:",
    ]


def test_ops_of_a_function_where_nothing_is_scheduled_have_answers_too() -> None:
    host = """util.func public @other(%arg0: index) {
  %0 = util.optimization_barrier %arg0 : index
  %1 = util.optimization_barrier %0 : index
  util.return
}
"""
    exploration = explore(DIAMOND + host)
    assert "%0 runs on the host" in exploration.why("%0", "@other")
    assert "%0 and %1 share no partition" in exploration.why_not("%0", "%1", "other")
    assert "%0 runs on the host" in explore(host).why("%0")


def test_an_op_is_named_by_result_id_or_line() -> None:
    diamond = _sample("diamond")
    number = diamond.graph.nodes[1].op
    name = diamond.document["ops"][str(number)]["label"].partition(" ")[0]
    place = diamond.source.location_of(list(diamond.source.op.walk())[number])
    assert place is not None
    assert diamond.why(name) == diamond.why(number) == diamond.why(f":{place.line}") == diamond.why(f"{name}#0")


@pytest.mark.parametrize("op", ["%99", "nothing", ":100000", 10**6, -1, "", "%"])
def test_an_unknown_op_is_an_error(op: str | int) -> None:
    with pytest.raises(InputError, match="no op"):
        _sample("diamond").why(op)


@pytest.mark.parametrize("op", [None, 1.5])
def test_what_names_no_op_is_an_error(op: object) -> None:
    with pytest.raises(InputError, match=r"an op is its id or a text such as %7, not (None|1)"):
        _sample("diamond").why(op)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("seed", range(8))
def test_answers_agree_with_the_graph_of_random_programs(seed: int) -> None:
    exploration = explore(program(seed))
    if exploration.refusal is not None or not exploration.graphs:
        return
    nodes = [node for node in exploration.graph.nodes if node.region != NOWHERE]
    homes: dict[int, set[int]] = {}
    for node in nodes:
        homes.setdefault(node.op, set()).add(node.region)
    pairs = list(itertools.combinations(sorted(homes), 2))
    for first, second in random.Random(seed).sample(pairs, min(len(pairs), 12)):
        answer = exploration.why_not(first, second, exploration.graph.function)
        assert exploration.why(first).count("\n") > 0
        if "are both in partition" in answer:
            assert homes[first] & homes[second]
        assert "op -1" not in answer


def test_the_command_line_asks(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    assert main(["trace", "diamond", "--why", "%3", "--why-not", "%4", "-o", str(path)]) == 0
    assert path.read_text().startswith("%3 and %4 are both in partition 0\n")
    assert main(["trace", "diamond", "--why-not", "%4"]) == 1


@pytest.mark.parametrize("partitioner", ["reference", "fewest-handovers"])
def test_a_region_that_is_there_already_is_no_host_op(partitioner: str) -> None:
    regions = explore(explore(DIAMOND).text, execution=partitioner)
    assert "is an execution region already: it stays as it is" in regions.why("%results")


def test_an_op_that_reads_before_another_writes_in_place_feeds_it_nothing() -> None:
    """The fill waits for the op that reads the same storage, and needs no result of it."""
    program = function(
        f"  %0 = stream.async.splat %c255_i32 : i32 -> {R}",
        dispatch("%1", "a", "%0"),
        dispatch("%2", "b", "%1"),
        "  %c16 = arith.constant 16 : index",
        f"  %3 = stream.async.fill %c255_i32, %1[%c0 to %c16 for %c16] : i32 -> %1 as {R}",
        dispatch("%4", "b", "%3"),
        "  %5:2 = util.optimization_barrier %2, %4 : !stream.resource<*>, !stream.resource<*>",
    )
    exploration = explore(program)
    assert "too late, as %3 uses the same storage after the op" in str(exploration.why("%2"))
    assert "too late, as %3 needs the op's result" in str(exploration.why("%1"))
