import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from iree_explorer.errors import ExecutionError, ExplorerError, InputError, Location, PassError, SourceError


def test_a_source_error_prints_as_compilers_do() -> None:
    error = SourceError("expected '('", Location("a.mlir", 3, 14))
    assert str(error) == "a.mlir:3:14: error: expected '('"


def test_notes_follow_on_lines_of_their_own() -> None:
    error = PassError(
        "circular dependency",
        Location("a.mlir", 3, 1),
        (("through this op", Location("a.mlir", 9, 5)), ("no place", None)),
    )
    assert str(error).splitlines()[1:] == ["a.mlir:9:5: note: through this op", "note: no place"]


def test_an_error_without_a_place_is_still_called_an_error() -> None:
    assert str(SourceError("nothing here")) == "error: nothing here"


def test_all_errors_have_one_base() -> None:
    assert issubclass(SourceError, ExplorerError)
    assert issubclass(PassError, SourceError)
    assert issubclass(ExecutionError, ExplorerError)


def test_other_errors_are_called_errors_where_they_have_a_place() -> None:
    assert str(InputError("no pass is called 'x'")) == "no pass is called 'x'"
    assert (
        str(InputError("cannot read the file", Location.start_of(Path("a.mlir"))))
        == "a.mlir:1:1: error: cannot read the file"
    )
    assert str(ExecutionError("%1 = splat: a resource of -5 bytes", Location("a.mlir", 3, 1))).startswith(
        "a.mlir:3:1: error: %1"
    )


def test_a_notebook_shows_the_error_and_none_of_our_frames() -> None:
    shown = _shown_in_a_cell("import iree_explorer as ie; ie.load('there_is_no_such_file.mlir')")
    assert "there_is_no_such_file.mlir:1:1: error: cannot read the file" in shown
    assert "Traceback" not in shown
    assert len(shown.splitlines()) == 1


def test_a_notebook_shows_the_frames_of_a_partitioner_that_raises() -> None:
    shown = _shown_in_a_cell(
        """
        import iree_explorer as ie

        class Broken:
            name, scope = "broken in a cell", "execution"

            def partition(self, facts, config, witness):
                return facts.no_such_attribute

        ie.register_partitioner(Broken())
        ie.schedule(ie.samples.diamond, execution="broken in a cell")
        """
    )
    assert "in partition" in shown
    assert "iree_explorer/" not in shown.replace("\\", "/")
    assert "return facts.no_such_attribute" in shown
    assert shown.splitlines()[-1].startswith("PartitionerError: ")


def _shown_in_a_cell(code: str) -> str:
    """What a fresh IPython, which no other test shares, prints of an error."""
    script = f"from IPython.core.interactiveshell import InteractiveShell as S; S.instance().run_cell({dedent(code)!r})"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
