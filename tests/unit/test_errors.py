from pathlib import Path

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
