"""Files that are no text say what they are and what to load instead; a text is never taken for one of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import SourceError
from iree_explorer.frontends import load
from iree_explorer.frontends.formats import complaint_in, other_format
from iree_explorer.samples import diamond
from iree_explorer.syntax import print_module

BYTES = bytes(range(256))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.vmfb", b"PK\x03\x04" + BYTES, "a compiled IREE module"),
        ("a.bin", b"\x10\0\0\0IREE", "a compiled IREE module"),
        ("a.onnx", b"\x08\x07\x12\x07pytorch" + BYTES, "an ONNX model"),
        ("A.ONNX", b"\x08\0", "an ONNX model"),
        ("a.tflite", b"\x1c\0\0\0TFL3", "a TensorFlow Lite model"),
        ("a.pt", b"PK\x03\x04", "a PyTorch file"),
        ("a.npz", b"PK\x03\x04", "a file of arrays"),
        ("a.zip", b"PK\x03\x04\x14", "a zip archive"),
        ("a.mlir.gz", b"\x1f\x8b\x08", "a gzip archive"),
        ("a", b"\x7fELF\x02", "a binary"),
        ("dump.mlir", "module {}".encode("utf-16"), "text in UTF-16"),
        ("dump.mlir", b"\xfe\xff\0m", "text in UTF-16"),
    ],
)
def test_a_file_of_another_kind_is_told_by_its_kind(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError, match=rf"^{path}:1:1: error: this is {words}") as caught:
        load(path)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "iree-compile: Unknown command line argument '--x'.  Try: 'iree-compile --help'\niree-compile: more\n",
            "iree-compile: Unk",
        ),
        (
            "m.mlir:6:8: warning: while creating CPU target: \nDefaulting\n\n  %0 = linalg.fill\nm.mlir:7:1: error: bad\n",
            "m.mlir:7:1: error: bad$",
        ),
        (
            "\n/a b/m.mlir:3:4: error: use of undeclared SSA value name\n  %0 = linalg.x\n",
            "/a b/m.mlir:3:4: error: use",
        ),
    ],
)
def test_messages_of_the_compiler_are_no_program(text: str, complaint: str) -> None:
    with pytest.raises(
        SourceError, match=f"^<text>:1:1: error: this is what the compiler said, and no program: {complaint}"
    ):
        load(text)


@pytest.mark.parametrize("name", ["a.mlir", "a.onnx", "a.vmfb", "a.npy"])
def test_a_text_is_a_text_whatever_it_is_called(name: str) -> None:
    assert other_format(diamond.text.encode(), name) == ""


@pytest.mark.parametrize(
    "text", [diamond.text, f"// m.mlir:1:2: error: x\n{diamond.text}", '"a:1:2: error: x"() : () -> ()']
)
def test_a_program_is_no_message(text: str) -> None:
    assert complaint_in(text) == ""


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=9))
def test_text_in_utf_8_is_taken_for_nothing_else(text: str) -> None:
    assert other_format(f"// {text}".encode(), "a.mlir") == ""


def test_bytes_that_are_no_utf_8_may_stand_in_comments_and_strings(tmp_path: Path) -> None:
    path = tmp_path / "latin.mlir"
    path.write_bytes(b'// caf\xe9\nmodule attributes {a.b = "caf\xe9"} {}\n')
    assert print_module(load(path).op) == 'module attributes {a.b = "caf\\E9"} {\n}\n'


def test_bytes_of_no_known_kind_are_refused_at_the_first_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "latin.mlir"
    path.write_bytes(b"// caf\xe9\nmodule {} \xe9\xff\n")
    with pytest.raises(SourceError, match=rf"^{path}:2:11: error: unexpected character$"):
        load(path)
