from email.message import Message
from importlib import import_module
from io import BytesIO
from pathlib import Path
from urllib.response import addinfourl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer import samples
from iree_explorer.errors import InputError, SourceError
from iree_explorer.frontends import load, load_text, read
from iree_explorer.frontends.load import _read_in_time, decode  # pyright: ignore[reportPrivateUsage]


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


def test_a_sample_is_called_by_its_name_where_no_file_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read("diamond") == ("diamond", samples.diamond.text)
    (tmp_path / "diamond").write_text("module {}")
    assert read("diamond") == ("diamond", "module {}")


def test_a_name_that_is_nearly_a_sample_s_gets_a_hint() -> None:
    with pytest.raises(InputError, match=r"^diamnd:1:1: error: .*; did you mean the sample 'diamond'\?$"):
        load("diamnd")


@pytest.mark.parametrize("path", ["missing.mlir", "a/b\0c"])
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


@pytest.mark.parametrize("text", ["/etc/passwd", "missing.mlir", "https://127.0.0.1:1/x", "diamond", "-"])
def test_a_text_is_never_taken_for_a_path(text: str) -> None:
    with pytest.raises(SourceError, match=r"^mine:1:1: error: "):
        load_text(text, "mine")
    assert list(load_text("", "mine").op.walk())


def test_a_folder_is_no_program(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=rf"^{tmp_path}:1:1: error: this is a folder; name a file that is in it$"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (None, r"None; the samples are in iree_explorer\.samples\.ALL"),
        (5, "int"),
        ([], "list"),
        (object(), "object"),
        (BytesIO(), r"BytesIO; give its \.read\(\)"),
    ],
)
def test_what_is_no_program_is_told_by_its_type(source: object, words: str) -> None:
    with pytest.raises(InputError, match=f"^a program is a path, a URL or a text, not {words}$"):
        load(source)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("url", ["https://a b/", "https://x:port/", "https://[::1", "https:///x", "https://%zz"])
def test_a_url_that_is_none_is_one_clear_line(url: str) -> None:
    with pytest.raises(InputError, match=r"^https://.*:1:1: error: cannot read the URL: ") as caught:
        load(url)
    assert len(str(caught.value).splitlines()) == 1


class Answer:
    """What a server sends: parts, and how many bytes of those that it announced never came."""

    def __init__(self, parts: list[bytes], missing: int = 0) -> None:
        self.parts, self.length = parts, missing

    def read1(self, most: int) -> bytes:
        return self.parts.pop(0)[:most] if self.parts and most else b""


def test_an_answer_is_read_to_its_end_and_no_further_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read_in_time(Answer([b"ab", b"c"])) == b"abc"  # pyright: ignore[reportArgumentType]
    with pytest.raises(OSError, match="cut off after 2 bytes"):
        _read_in_time(Answer([b"ab"], missing=1))  # pyright: ignore[reportArgumentType]
    monkeypatch.setattr(import_module("iree_explorer.frontends.load"), "MAX_DOWNLOAD", 3)
    endless = Answer([b"ab"] * 1000, missing=10**9)
    assert len(_read_in_time(endless)) == 4  # pyright: ignore[reportArgumentType]
    assert len(endless.parts) == 998


def test_a_server_that_sends_drop_by_drop_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("iree_explorer.frontends.load"), "_LONGEST_DOWNLOAD", -1.0)
    with pytest.raises(TimeoutError, match="longer than"):
        _read_in_time(Answer([b"a", b"b"]))  # pyright: ignore[reportArgumentType]


@given(before=st.text(), bad=st.sampled_from([b"\xff", b"\xc0\x80", b"\xed\xa0\x80"]), after=st.text())
def test_bytes_that_are_no_utf_8_survive_as_lone_surrogates(before: str, bad: bytes, after: str) -> None:
    data = b"//" + before.encode() + bad + after.encode()
    text = decode(data, "x")
    assert text.encode(errors="surrogateescape") == data
    assert text.startswith("//" + before)
