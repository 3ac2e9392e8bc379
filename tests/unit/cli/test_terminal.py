"""What IR names may hold reaches a terminal as text."""

from pathlib import Path

import pytest

from iree_explorer.cli.main import main
from iree_explorer.cli.terminal import visible

NAME = r"a\1B[31m\07\9Bb"
SCHEDULED = f"""util.func public @"{NAME}"(%size: index, %byte: i8) -> !stream.resource<transient> {{
  %0 = stream.async.splat %byte : i8 -> !stream.resource<transient>{{%size}}
  util.return %0 : !stream.resource<transient>
}}
"""


def test_control_characters_are_shown_as_ir_writes_them() -> None:
    assert visible("a\tb\n\x1b[31m\r\x7f\x9b\udcff é") == "a\tb\n\\1B[31m\\0D\\7F\\C2\\9B\\FF é"


@pytest.mark.parametrize("command", ["trace", "check", "survey"])
def test_no_command_lets_a_name_command_the_terminal(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.mlir"
    path.write_text(SCHEDULED)
    main([command, str(path), *(["--against-concurrency=balanced"] if command == "survey" else [])])
    shown = "".join(capsys.readouterr())
    assert shown
    assert shown == visible(shown)


def test_an_error_shows_names_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.mlir"
    path.write_text(f'util.func private @"{NAME}"()\n' * 2)
    assert main(["opt", str(path)]) == 1
    assert r"redefinition of symbol named 'a\1B[31m\07\9Bb'" in capsys.readouterr().err
