"""Files that could not be written whole are gone; devices and what was never opened stay."""

from pathlib import Path

import pytest

from iree_explorer.files import whole_file, write_file


def test_a_text_is_written_as_it_is(tmp_path: Path) -> None:
    write_file(tmp_path / "x", "a\nä\ud800\n")
    assert (tmp_path / "x").read_bytes() == b"a\n\xc3\xa4?\n"
    write_file(str(tmp_path / "x"), b"\0")
    assert (tmp_path / "x").read_bytes() == b"\0"


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_half_a_file_is_no_file(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "x"

    def write_half() -> None:
        with whole_file(path) as file:
            file.write(b"half")
            raise error

    with pytest.raises(error):
        write_half()
    assert not path.exists()


def test_what_cannot_be_opened_stays(tmp_path: Path) -> None:
    kept = tmp_path / "folder"
    kept.mkdir()
    with pytest.raises(OSError, match="folder"):
        write_file(kept, "x")
    assert kept.is_dir()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_device_is_not_removed() -> None:
    with pytest.raises(OSError, match="space"):
        write_file("/dev/full", "x" * 100_000)
    assert Path("/dev/full").exists()
