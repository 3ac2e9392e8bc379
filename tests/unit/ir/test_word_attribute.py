"""Attributes that are words of an enumeration: what is read and printed, and what is refused where."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module

ITERATORS = "expected ::mlir::utils::IteratorType to be one of: parallel, reduction"
OVERFLOWS = "expected ::mlir::arith::IntegerOverflowFlags to be one of: none, nsw, nuw"
FASTMATHS = (
    "expected ::mlir::arith::FastMathFlags to be one of: none, reassoc, nnan, ninf, nsz, arcp, contract, afn, fast"
)
NO_WORD = "expected valid keyword or string"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ('#linalg.type_fn<"cast_signed">', "#linalg.type_fn<cast_signed>"),
        ("#linalg.iterator_type<reduction>", "#linalg.iterator_type<reduction>"),
        ("#arith.overflow<nuw,nsw>", "#arith.overflow<nsw, nuw>"),
        ("#arith.overflow<none, nsw>", "#arith.overflow<nsw>"),
        ("#arith.overflow<none>", "#arith.overflow<none>"),
        ('#arith.fastmath<nsz, "nnan">', "#arith.fastmath<nnan,nsz>"),
        ("#arith.fastmath<fast,nnan>", "#arith.fastmath<fast>"),
        ("#arith.fastmath<reassoc,nnan,ninf,nsz,arcp,contract,afn>", "#arith.fastmath<fast>"),
    ],
)
def test_words_are_read_bare_or_quoted_and_printed_in_their_order(read: str, printed: str) -> None:
    text = f"module attributes {{util.a = {read}}} {{\n}}\n"
    assert print_module(parse(text).op).strip() == text.replace(read, printed).strip()


@pytest.mark.parametrize(
    ("attribute", "place", "message"),
    [
        ("#linalg.iterator_type<window>", 22, ITERATORS),
        ("#iree_linalg_ext.iterator_type<window>", 31, ITERATORS),
        ("#linalg.type_fn<cast>", 16, "expected ::mlir::linalg::TypeFn to be one of: cast_signed, cast_unsigned"),
        ("#linalg.type_fn<3>", 16, NO_WORD),
        ("#arith.overflow<>", 16, NO_WORD),
        ("#arith.overflow<nsw,3>", 20, NO_WORD),
        ("#arith.overflow<nsw,all>", 16, OVERFLOWS),
        ("#arith.fastmath<slow>", 16, FASTMATHS),
        ("#arith.fastmath<nnan nsz>", 20, "expected '>'"),
    ],
)
def test_other_words_are_refused(attribute: str, place: int, message: str) -> None:
    text = f"module attributes {{util.a = {attribute}}} {{}}"
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert caught.value.location is not None
    assert (caught.value.location.column - text.index("#") - 1, caught.value.message) == (place, message)


@pytest.mark.parametrize(
    ("op", "column", "message"),
    [
        ("arith.addf %a, %a fastmath<nnan,slow> : f32", 28, f"custom op 'arith.addf' {FASTMATHS}"),
        ("arith.addi %b, %b overflow<3> : i32", 28, f"custom op 'arith.addi' {NO_WORD}"),
        ("math.exp %a fastmath<slow> : f32", 22, f"custom op 'math.exp' {FASTMATHS}"),
    ],
)
def test_an_op_says_what_is_wrong_with_a_word_of_its_own_form(op: str, column: int, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(f"util.func public @f(%a: f32, %b: i32) {{\n{op}\nutil.return\n}}")
    assert caught.value.location is not None
    assert (caught.value.location.line, caught.value.location.column, caught.value.message) == (2, column, message)
