"""What another schedule makes of many programs: a line for each, whatever is wrong with some."""

from pathlib import Path

import pytest

import iree_explorer as ie
from iree_explorer import samples
from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import InputError, PartitionerError
from iree_explorer.exploration import explore_module
from iree_explorer.partitioning import Config
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.partition import PartitionSet
from iree_explorer.partitioning.trace.recording import Witness


class Broken:
    """Has a bug."""

    name = "broken-of-survey"
    scope: Scope = "concurrency"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        raise ZeroDivisionError("division by zero")


def columns(text: str) -> dict[str, list[str]]:
    """Name of a program → its cells."""
    table = text.split("\n\n")[1]
    return {line.split("  ")[0]: [cell.strip() for cell in line.split("  ") if cell][1:] for line in table.splitlines()}


def test_each_program_has_a_line_of_figures() -> None:
    found = ie.survey([samples.diamond, explore_module(ie.load(samples.transformer))], concurrency="balanced")
    text = found.to_text()
    assert text.startswith("waves reference → waves balanced\n")
    lines = columns(text)
    assert lines["program"] == ["regions", "waves", "critical path", "peak bytes", "awaits", "copies", "ops moved"]
    assert lines["diamond"] == ["1", "3", "3", "12 KB", "0", "0", "0"]
    assert lines["transformer"] == ["2", "13 → 12", "13 → 12", "32 KB", "0", "0", "4"]
    assert lines["lower in"] == ["0", "1", "1", "0", "0", "0"]
    assert lines["higher in"] == ["0"] * 6
    assert repr(found) == f"<Survey of 2 programs\n{text}>"
    comparison = found.programs[1].comparison
    assert comparison is not None
    assert len(comparison.differences) == 4


def test_what_is_wrong_with_one_program_is_told_below(tmp_path: Path) -> None:
    (tmp_path / "wrong.mlir").write_text("module {\n  util.wrong\n}\n")
    programs = [tmp_path / "wrong.mlir", samples.circle, samples.diamond, "util.func\n"]
    found = ie.survey(programs, execution="fewest-handovers")
    assert [one.title for one in found.programs] == ["wrong.mlir", "circle", "diamond", "program"]
    text = found.to_text()
    assert columns(text)["wrong.mlir"] == [*["–"] * 6, "failed"]
    assert columns(text)["circle"][::6] == ["– → 2", "first refused"]
    assert columns(ie.survey([samples.circle], concurrency="balanced").to_text())["circle"][-1] == "both refused"
    wrong, circle, written = text.split("\n\n")[2].splitlines()
    assert wrong.startswith(f"{tmp_path / 'wrong.mlir'}:2:3: error: ")
    assert circle.startswith("circle:33:3: error: circular dependency")
    assert written.startswith("<text>:2:1: error: ")


def test_a_partitioner_with_a_bug_is_told_for_each_program() -> None:
    ie.register_partitioner(Broken())
    found = ie.survey([samples.diamond, samples.mlp], concurrency=Broken.name)
    assert all(isinstance(one.error, PartitionerError) for one in found.programs)
    assert found.to_text().startswith("no program could be compared\n")
    assert "\ndiamond: the concurrency partitioner 'broken-of-survey' raised ZeroDivisionError" in found.to_text()


def test_a_notebook_shows_a_table_of_words_only() -> None:
    page = ie.survey(['"<b>"\n'], favor="debug")._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert "<td>program</td><td>–</td>" in page
    assert "<b>" not in page


def test_no_program_is_no_error() -> None:
    assert "no program could be compared" in ie.survey([]).to_text()


def test_an_option_that_cannot_be_is_told_once() -> None:
    with pytest.raises(InputError, match="'magic'"):
        ie.survey(samples.ALL, concurrency="magic")
    with pytest.raises(InputError, match="no partitioner is called 'magic'"):
        ie.survey(samples.ALL, partitioner="magic")


def test_what_is_no_program_has_a_line_that_says_so() -> None:
    found = ie.survey([3, samples.diamond], partitioner="serial")  # pyright: ignore[reportArgumentType]
    assert [one.title for one in found.programs] == ["program", "diamond"]
    assert "a program is a path, a URL or a text, not int" in found.to_text()


@pytest.mark.parametrize("one", ["diamond", Path("a.mlir"), samples.diamond, None, 3])
def test_one_program_is_not_many(one: object) -> None:
    with pytest.raises(InputError, match="give several programs, as a list"):
        ie.survey(one)  # pyright: ignore[reportArgumentType]
