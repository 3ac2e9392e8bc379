"""The syntax of inputs, results and signatures."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from iree_explorer.errors import InputError
from iree_explorer.execution.values.elements import element_named
from iree_explorer.execution.values.outputs import write_output
from iree_explorer.execution.values.text import (
    convert_input,
    format_array,
    format_result,
    parse_declaration,
    parse_input,
    parse_inputs,
    parse_type,
)


def test_inputs() -> None:
    np.testing.assert_array_equal(parse_input("2x2xi32=1 2 3 4"), [[1, 2], [3, 4]])
    np.testing.assert_array_equal(parse_input("2x2xf32=[[1,2][3 -4.5]]"), [[1, 2], [3, -4.5]])
    np.testing.assert_array_equal(parse_input("3xi8=7"), [7, 7, 7])
    np.testing.assert_array_equal(parse_input("3xf32"), [0, 0, 0])
    assert parse_input("0x2xf32=").shape == (0, 2)
    assert parse_input("f32=1.5").shape == ()
    assert parse_input("3") == 3
    assert parse_input("-2.5e3") == -2500.0
    assert parse_input("2xi1=1 0").dtype == np.bool_


def test_files(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.arange(3.0))
    (tmp_path / "x.bin").write_bytes(bytes([1, 2, 255]))
    np.testing.assert_array_equal(parse_input(f"@{tmp_path}/x.npy"), [0, 1, 2])
    np.testing.assert_array_equal(parse_input(f"3xi8=@{tmp_path}/x.bin"), [1, 2, -1])
    np.testing.assert_array_equal(parse_input(f"2xi8=@{tmp_path}/x.bin"), [1, 2])
    with pytest.raises(InputError, match=r"y\.npy:1:1: error: cannot read the file: No such file"):
        parse_input(f"@{tmp_path}/y.npy")
    with pytest.raises(InputError, match=r"x\.bin:1:1: error: 4xi8 takes 4 bytes, the file has 3"):
        parse_input(f"4xi8=@{tmp_path}/x.bin")
    with pytest.raises(InputError, match=r"x\.bin:1:1: error: cannot read the file: "):
        parse_input(f"{1 << 70}xi8=@{tmp_path}/x.bin")
    np.savez(tmp_path / "z.npz", a=np.zeros(1))
    with pytest.raises(InputError, match=r"this is an archive"):
        parse_input(f"@{tmp_path}/z.npz")


def test_files_go_on_where_the_last_input_ended(tmp_path: Path) -> None:
    path = tmp_path / "x.npy"
    with path.open("wb") as file:
        for number in range(4):
            np.save(file, np.array(number))
    assert [int(value) for value in parse_inputs([f"@{path}", f"+{path}", f"@{path}", f"*{path}"])] == [
        0,
        1,
        0,
        1,
        2,
        3,
    ]
    assert parse_inputs([f"*{path}", f"*{path}"])[-1] == 3
    with pytest.raises(InputError, match=r"cannot read the file: No data left in file"):
        parse_inputs([f"*{path}", f"+{path}"])
    (tmp_path / "x.bin").write_bytes(bytes(range(5)))
    parts = [f"2xi8=@{tmp_path}/x.bin", f"i16=+{tmp_path}/x.bin"]
    np.testing.assert_array_equal(parse_inputs(parts)[0], [0, 1])
    assert parse_inputs(parts)[1] == 0x0302
    with pytest.raises(InputError, match=r"i32 takes 4 bytes, the file has 1 left"):
        parse_inputs([*parts, f"i32=+{tmp_path}/x.bin"])


@pytest.mark.parametrize("name", ["bf16", "f8E5M2", "f4E2M1FN", "f16", "i1"])
def test_files_keep_types_that_numpy_does_not_know(name: str, tmp_path: Path) -> None:
    element = element_named(name)
    array = np.array([0, 1, 1, 0]).astype(element.dtype)
    write_output(f"@{tmp_path}/x.npy", array, element)
    write_output(f"@{tmp_path}/x.bin", array, element)
    back = convert_input(f"@{tmp_path}/x.npy", parse_type(f"4x{name}"), 0, "f")
    assert (back.dtype, back.tolist()) == (array.dtype, array.tolist())
    assert parse_input(f"4x{name}=@{tmp_path}/x.bin").tolist() == array.tolist()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2xf32=1 2 3", "3 values for 2 elements"),
        ("2xf99=1", "'f99'"),
        ("?xf32=1", "no dynamic dimensions"),
        ("2xf32=a", "'a' is no number"),
        ("hello world", "is no number"),
        ("2y3=1", "is no type|is no number|not supported"),
        ("i0=1", "i0: integers of no bits are not supported"),
        ("i65=1", "i65: integers of more than 64 bits are not supported"),
        ("complex<f16>=1", "element type 'complex<f16>' is not supported"),
        ("2xi32=1j", "'1j' is no i32"),
        ("i32=1e999", "'1e999' is no i32"),
        ("f32=1j", "'1j' is no f32"),
        (f"{1 << 62}xf32=1", "cannot be made: "),
        (f"{1 << 62}x{1 << 62}xf32", "cannot be made: "),
        (f"{'1x' * 70}f32=1", "cannot be made: maximum supported dimension"),
        (f"{'9' * 5000}xf32", "Exceeds the limit"),
    ],
)
def test_what_is_no_input(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_input(text)


def test_one_value_for_many_elements_takes_no_list_of_them() -> None:
    tracemalloc.start()
    array = parse_input("1000000xi8=7")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (array == 7).all()
    assert most < 2_000_000


def test_of_several_inputs_the_wrong_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^input 1: '2xf32=a': 'a' is no number$"):
        parse_inputs(["2xf32=1", "2xf32=a"])
    with pytest.raises(InputError, match=r"^expected output 0: "):
        parse_inputs(["x"], "expected output")
    with pytest.raises(InputError, match=r"y\.npy:1:1: error: input 2: cannot read the file: No such file"):
        parse_inputs(["1", "2", f"@{tmp_path}/y.npy"])
    with pytest.raises(InputError, match=r"^input 3 of @f: '2xf32=a': 'a' is no number$"):
        convert_input("2xf32=a", parse_type("2xf32"), 3, "f")


def test_results_print_as_the_runtime_prints_them() -> None:
    numbers = np.array([[1, 6.25, 1e20], [9.765625, 1.52415788, 1e-12]], np.float32)
    assert format_result(0, numbers, None) == (
        "result[0]: hal.buffer_view\n2x3xf32=[1 6.25 1E+20][9.76562 1.52416 1E-12]"
    )
    assert format_array(np.array([[0, 1]], np.bool_), element_named("i1")) == "1x2xi1=[00 01]"
    assert format_array(np.arange(1, 9, dtype=np.int8).reshape(2, 2, 2), element_named("i8")) == (
        "2x2x2xi8=[[1 2][3 4]][[5 6][7 8]]"
    )
    assert format_array(np.array([np.nan, np.inf], np.float16), element_named("f16")) == "2xf16=NAN INF"
    assert format_array(np.array(1.5, np.float32), element_named("f32")) == "f32=1.5"
    assert format_result(2, np.int32(7), None) == "result[2]: i32=7"
    assert format_array(np.zeros((0, 2), np.float32), element_named("f32")) == "0x2xf32="


def test_long_results_are_cut() -> None:
    text = format_array(np.zeros(2000, np.int32), element_named("i32"))
    assert text.count("0 ") == 1023 + text.split("=")[0].count("0 ")
    assert text.endswith("0...")


def test_declarations() -> None:
    found = parse_declaration(
        'sync func @main(%input0: tensor<4x?xf32> {iree.identifier = "x"}, %input1: i32, %input2: tensor<2xcomplex<f32>>) -> (%output0: tensor<f32>, %output1: !hal.buffer)'
    )
    assert found is not None
    assert [str(item) for item in found[0]] == ["4x?xf32", "i32", "2xcomplex<f32>"]
    assert [str(item) for item in found[1]] == ["f32", "!hal.buffer"]
    assert parse_declaration("nonsense") is None


def test_what_the_source_called_a_type_counts_where_the_compiler_keeps_its_bits_alone() -> None:
    found = parse_declaration(
        "sync func @main(%input0: tensor<6xi8> {iree.abi.encoding = tensor<6xui8>}) -> (%output0: tensor<i8>)"
    )
    assert found is not None
    assert [[str(item) for item in types] for types in found] == [["6xui8"], ["i8"]]


@pytest.mark.parametrize(("value", "type_"), [(-1, "ui8"), (256, "ui8"), ([0.5], "1xui8")])
def test_unsigned_integers_are_none_of_these(value: object, type_: str) -> None:
    with pytest.raises(InputError, match=r"^input 0 of @f must be "):
        convert_input(value, parse_type(type_), 0, "f")


def test_inputs_are_checked_against_types() -> None:
    type_ = parse_type("?x2xf32")
    assert convert_input([[1, 2]], type_, 0, "f").dtype == np.float32
    with pytest.raises(InputError, match=r"input 1 of @f must be .x2xf32, not 2xf32"):
        convert_input(np.zeros(2, np.float32), type_, 1, "f")
    with pytest.raises(InputError, match=r"must be .x2xf32, not 1x2xf64: \.astype\('float32'\) converts it"):
        convert_input(np.zeros((1, 2)), type_, 0, "f")
