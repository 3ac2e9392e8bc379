"""`iree-explorer check`."""

from pathlib import Path

import pytest

from iree_explorer.cli import main


def test_check_says_where_nothing_was_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.mlir"
    path.write_text("util.func private @f() {\n  util.return\n}\n")
    assert main(["check", str(path)]) == 0
    none = f"NONE {path}: it has no public function without arguments, which is what is run"
    assert capsys.readouterr().out.splitlines() == [none, "0 passed, 0 failed"]
    path.write_text("util.func public @f() {\n  util.return\n}\n")
    assert main(["check", str(path)]) == 0
    ran = f"PASS {path} @f: it ran, and checked nothing"
    assert capsys.readouterr().out.splitlines() == [ran, "1 passed, 0 failed"]
