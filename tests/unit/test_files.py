"""Files that could not be written whole are gone; devices and what was never opened stay."""

import re
from pathlib import Path
from typing import Any

import pytest

from iree_explorer.errors import InputError
from iree_explorer.files import whole_file, write_file


def test_a_text_is_written_as_it_is(tmp_path: Path) -> None:
    write_file(tmp_path / "x", "a\nä\ud800\n")
    assert (tmp_path / "x").read_bytes() == b"a\n\xc3\xa4?\n"
    write_file(str(tmp_path / "x"), b"\0")
    assert (tmp_path / "x").read_bytes() == b"\0"


@pytest.mark.parametrize("error", [BrokenPipeError, KeyboardInterrupt])
def test_half_a_file_is_no_file(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "x"

    def write_half() -> None:
        with whole_file(path) as file:
            file.write(b"half")
            raise error

    with pytest.raises(error):
        write_half()
    assert not path.exists()


def test_what_is_appended_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for part in (b"one", b" two"):
        with whole_file(path, appends=True) as file:
            file.write(part)

    def append_half() -> None:
        with whole_file(path, appends=True) as file:
            file.write(b" half")
            file.flush()
            raise OSError("no more")

    with pytest.raises(InputError, match=r"x:1:1: error: cannot write the file: no more$"):
        append_half()
    assert path.read_bytes() == b"one two"


def test_what_cannot_be_opened_stays(tmp_path: Path) -> None:
    kept = tmp_path / "folder"
    kept.mkdir()
    with pytest.raises(InputError, match=rf"^{re.escape(str(kept))}:1:1: error: cannot write the file: ."):
        write_file(kept, "x")
    assert kept.is_dir()


@pytest.mark.parametrize("path", [None, 3, "", b"x"])
def test_what_is_no_path_is_named(path: Any) -> None:
    with pytest.raises(
        InputError, match=rf"^a file is named by its path, a text or a pathlib\.Path, not {re.escape(repr(path))}$"
    ):
        write_file(path, "x")


def test_a_path_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot write the file: embedded null byte$"):
        write_file(tmp_path / "a\0b", "x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_device_is_not_removed() -> None:
    with pytest.raises(InputError, match=r"^/dev/full:1:1: error: cannot write the file: No space left on device$"):
        write_file("/dev/full", "x" * 100_000)
    assert Path("/dev/full").exists()
