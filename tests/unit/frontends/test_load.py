from email.message import Message
from io import BytesIO
from pathlib import Path
from urllib.response import addinfourl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer import samples
from iree_explorer.errors import InputError, SourceError
from iree_explorer.frontends import load, read
from iree_explorer.frontends.load import decode


def test_a_path_a_text_and_a_sample_load_the_same_program(tmp_path: Path) -> None:
    path = tmp_path / "p.mlir"
    path.write_text(samples.diamond.text)
    texts = [read(path)[1], read(str(path))[1], read(samples.diamond.text)[1], read(samples.diamond)[1]]
    assert len(set(texts)) == 1


def test_a_program_is_called_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "p.mlir"
    path.write_text("module {\n")
    with pytest.raises(SourceError, match=rf"^{path}:\d+:\d+: error: "):
        load(path)
    with pytest.raises(SourceError, match=r"^mine:\d+:\d+: error: "):
        load(path, name="mine")


@pytest.mark.parametrize("path", ["missing.mlir", "a/b\0c", "/"])
def test_a_file_that_cannot_be_read_is_one_clear_line(path: str) -> None:
    with pytest.raises(InputError, match="cannot read the file") as caught:
        load(path)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1/a.mlir", "ftp://127.0.0.1/a.mlir", "file:///etc/hostname"])
def test_only_https_is_downloaded(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=f"^{url}:1:1: error: only https:// URLs are read$"):
        load(url)

    def sent_elsewhere(*_: object) -> addinfourl:
        headers = Message()
        headers["Location"] = url
        response = addinfourl(BytesIO(), headers, "https://127.0.0.1/a.mlir", 302)
        response.msg = "Found"  # pyright: ignore[reportAttributeAccessIssue]
        return response

    monkeypatch.setattr("urllib.request.HTTPSHandler.https_open", sent_elsewhere)
    with pytest.raises(InputError, match=r"^https://127\.0\.0\.1/a\.mlir:1:1: error: ") as caught:
        load("https://127.0.0.1/a.mlir")
    assert url in str(caught.value)


@given(before=st.text(), bad=st.sampled_from([b"\xff", b"\xc0\x80", b"\xed\xa0\x80"]), after=st.text())
def test_bytes_that_are_not_text_are_told_by_line_and_column(before: str, bad: bytes, after: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(before.encode() + bad + after.encode(), "x")
    location = caught.value.location
    assert location is not None
    last_line = before.rpartition("\n")[2]
    assert (location.line, location.column) == (before.count("\n") + 1, len(last_line) + 1)
