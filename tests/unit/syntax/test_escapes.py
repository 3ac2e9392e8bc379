from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.syntax.escapes import is_bare_identifier, keyword_or_string, quoted, unescape

TEXTS = st.binary().map(lambda raw: raw.decode(errors="surrogateescape"))


@given(TEXTS)
def test_a_quoted_text_reads_back_and_is_printable_ascii(text: str) -> None:
    literal = quoted(text)
    assert literal.isascii()
    assert literal.isprintable()
    assert unescape(literal[1:-1]) == text


@given(TEXTS)
def test_a_name_is_bare_only_where_it_reads_back_as_itself(text: str) -> None:
    if is_bare_identifier(text):
        assert keyword_or_string(text) == text
    else:
        assert unescape(keyword_or_string(text)[1:-1]) == text


def test_all_spellings_of_an_escape_are_read() -> None:
    assert unescape(r"\n\t\"\\\41\0a") == '\n\t"\\A\n'


def test_escapes_are_printed_as_two_upper_case_digits() -> None:
    assert quoted('é"\\\n') == r'"\C3\A9\22\\\0A"'


def test_a_surrogate_that_stands_for_no_byte_is_printed_all_the_same() -> None:
    assert quoted("a\ud800") == r'"a\ED\A0\80"'
