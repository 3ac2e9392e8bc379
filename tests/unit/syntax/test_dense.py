import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects.builtin import DenseArrayBase, DenseIntOrFPElementsAttr, IntegerType, Signedness, TensorType
from xdsl.ir import Attribute

from iree_explorer.errors import SourceError
from iree_explorer.syntax import dense, parse, print_module


def read(text: str) -> Attribute:
    """The attribute that `text` says."""
    module = parse(f'"x.y"() {{a = {text}}} : () -> ()', allow_unregistered=True)
    return next(iter(module.op.ops)).attributes["a"]


def printed(text: str) -> str:
    """What is printed for the attribute `text`."""
    module = parse(f'"x.y"() {{a = {text}}} : () -> ()', allow_unregistered=True)
    line = print_module(module.op).splitlines()[1]
    return line[len('  "x.y"() {a = ') : -len("} : () -> ()")]


def read_dense(text: str) -> DenseIntOrFPElementsAttr:
    attribute = read(text)
    assert isinstance(attribute, DenseIntOrFPElementsAttr)
    return attribute


@given(st.integers(1, 64), st.sampled_from(list(Signedness)), st.data())
def test_integers_of_any_width_survive_both_layouts(width: int, signedness: Signedness, data: st.DataObject) -> None:
    type_ = IntegerType(width, signedness)
    limits = (
        (0, (1 << width) - 1) if signedness is Signedness.UNSIGNED else (-(1 << (width - 1)), (1 << (width - 1)) - 1)
    )
    values = data.draw(st.lists(st.integers(*limits), min_size=1, max_size=5))
    attribute = dense.make_dense(TensorType(type_, [len(values)]), type_.pack(values))
    raw = dense.to_mlir_bytes(type_, attribute.data.data)
    assert dense.from_mlir_bytes(type_, raw) == attribute.data.data
    kept = attribute.data.data
    expanded = kept * (len(values) * len(type_.pack([0])) // len(kept))  # A splat is one element.
    assert type_.unpack(expanded, len(values)) == tuple(values)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.booleans())
def test_a_splat_is_kept_as_one_element_however_it_is_written(values: list[int], same: bool) -> None:
    if same:
        values = [values[0]] * len(values)
    attribute = read_dense(f"dense<{values}> : tensor<{len(values)}xi32>")
    is_splat = len(set(values)) == 1
    assert dense.is_splat(attribute) == is_splat
    assert len(attribute.data.data) == 4 * (1 if is_splat else len(values))
    if is_splat:
        assert attribute == read_dense(f"dense<{values[0]}> : tensor<{len(values)}xi32>")


def test_a_splat_of_any_size_is_cheap() -> None:
    attribute = read_dense("dense<0.0> : tensor<1000000x1000000xf32>")
    assert len(attribute.data.data) == 4


@given(st.lists(st.binary(min_size=4, max_size=4), min_size=101, max_size=105, unique=True))
def test_many_elements_are_printed_as_bytes_and_read_back(elements: list[bytes]) -> None:
    text = f'dense<"0x{b"".join(elements).hex().upper()}"> : tensor<{len(elements)}xf32>'
    assert printed(text) == text


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("dense<0xFF800000> : tensor<2xf32>", "dense<0xFF800000> : tensor<2xf32>"),
        ("dense<[0x7FC00001, 1.0]> : tensor<2xf32>", "dense<[0x7FC00001, 1.000000e+00]> : tensor<2xf32>"),
        ("dense<-0.0> : tensor<4xf32>", "dense<-0.000000e+00> : tensor<4xf32>"),
        ("dense<[1, 1]> : tensor<2xi32>", "dense<1> : tensor<2xi32>"),
        ("dense<[[1.0]]> : tensor<1x1xf32>", "dense<1.000000e+00> : tensor<1x1xf32>"),
        ("dense<255> : tensor<4xi8>", "dense<-1> : tensor<4xi8>"),
        ("dense<200> : tensor<2xui8>", "dense<200> : tensor<2xui8>"),
        ("dense<[true, false]> : tensor<2xi1>", "dense<[true, false]> : tensor<2xi1>"),
        ('dense<"0xFF"> : tensor<8xi1>', "dense<true> : tensor<8xi1>"),
        ('dense<"0x0C01"> : tensor<2xi4>', "dense<[-4, 1]> : tensor<2xi4>"),
        ("dense<(1,-2)> : tensor<4xcomplex<i32>>", "dense<(1,-2)> : tensor<4xcomplex<i32>>"),
        ("dense<[(1.0,2.0), (3.0,4.0)]> : tensor<2xcomplex<f16>>",
         "dense<[(1.000000e+00,2.000000e+00), (3.000000e+00,4.000000e+00)]> : tensor<2xcomplex<f16>>"),
        ("dense<1.0> : tensor<0xf32>", "dense<1.000000e+00> : tensor<0xf32>"),
        ("dense<> : tensor<0x4xf32>", "dense<> : tensor<0x4xf32>"),
        ("dense<[[1, 2], [3, 4]]> : vector<2x2xindex>", "dense<[[1, 2], [3, 4]]> : vector<2x2xindex>"),
        ("array<f32: 1.0, 0x7FC00000>", "array<f32: 1.000000e+00, 0x7FC00000>"),
        ("array<i1: true, false>", "array<i1: true, false>"),
        ("array<i8>", "array<i8>"),
        ("[1.0, 1.0 : f32, 2 : index, [3], 4 : i32]", "[1.000000e+00, 1.000000e+00 : f32, 2 : index, [3], 4 : i32]"),
        ("0xFF : i8", "-1 : i8"),
        ("0x7FC00000 : f32", "0x7FC00000 : f32"),
        ("1 : i1", "true"),
        ("1.0e3", "1.000000e+03 : f64"),
        ("1.0e39 : f32", "0x7F800000 : f32"),
    ],
)  # fmt: skip
def test_numbers_print_as_by_the_real_printer(text: str, result: str) -> None:
    assert printed(text) == result


def test_dense_arrays_hold_what_they_say() -> None:
    attribute = read("array<i64: 1, -2>")
    assert isinstance(attribute, DenseArrayBase)
    assert attribute.get_values() == (1, -2)


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("300 : i8", "integer constant out of range for attribute", 14),
        ("-1 : ui8", "negative integer literal not valid for unsigned integer type", 15),
        ("1.0 : i32", "floating point value not valid for specified type", 23),
        ("1 : f32", "unexpected decimal integer literal for a floating point value", 14),
        ("dense<[1, 2]> : tensor<3xi8>", r"inferred shape of elements literal \(\[2\]\) does not match", 14),
        ("dense<[[1], [2, 3]]> : tensor<2x2xi8>", "ranks are not consistent between elements", 32),
        ("dense<[1.0, 2]> : tensor<2xi8>", "expected integer elements, but parsed floating-point", 21),
        ("dense<true> : tensor<2xi8>", "expected i1 type for 'true' or 'false' values", 20),
        ("dense<1> : tensor<?xi8>", "elements literal type must have static shape", 14),
        ("dense<1> : i8", "elements literal must be a shaped type", 14),
        ('dense<"0x123"> : tensor<2xi8>', "expected string containing hex digits", 20),
        ('dense<"0x010203"> : tensor<2xi8>', "hex data size is invalid for provided type: 'tensor<2xi8>'", 14),
        ("dense<[true, 1.0]> : tensor<2xf32>", "expected floating point literal", 21),
        ("dense<[1, -300]> : tensor<2xi8>", "integer constant out of range for type", 25),
        ("dense<-5> : tensor<2xui8>", "expected unsigned integer elements, but parsed negative value", 21),
        ("dense<> : tensor<2xi32>", r"parsed zero elements, but type \('tensor<2xi32>'\) expected at least 1", 14),
        ("dense<1> : tensor<2xcomplex<i32>>", r"parsed 1 elements, but type \('complex<i32>'\) expected 2 elem", 14),
        ("array<i8: 300>", "integer constant out of range$", 27),
        ("array<i32: 1.0>", "expected integer literal", 25),
        ("array<index: 1>", "expected integer or float type", 20),
        ("0x1FFFFFFFF : f32", "hexadecimal float constant out of range for type", 14),
    ],
)
def test_wrong_numbers_are_refused_at_their_place(text: str, message: str, column: int) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read(text)
    assert caught.value.location is not None
    assert caught.value.location.column == column
