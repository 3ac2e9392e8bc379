import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.utils.exceptions import ParseError
from xdsl.utils.lexer import Input
from xdsl.utils.mlir_lexer import MLIRLexer, MLIRTokenKind

from iree_explorer.syntax.reading.lexer import Lexer

TOKENS = st.sampled_from(
    [
        "%a",
        "%12",
        "%a-b.c",
        "foo",
        "foo.bar$",
        "->",
        ":",
        "::",
        ",",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "<",
        ">",
        "=",
        "+",
        "-",
        "*",
        "/",
        "?",
        "|",
        "!t",
        "!t.u",
        "@s",
        "#a",
        "#a.b",
        "^bb0",
        "7",
        "0x1F",
        "1.5",
        "1.",
        "2.5e-3",
        '"text"',
        '"a\\n\\41"',
        "4x4xf32",
        "...",
        "{-#",
        "#-}",
        "0xg",
        "#12",
        "i32",
        '@"st"',
    ]
)

BLANKS = st.sampled_from(["", " ", "\n", "\t", "  // to the end\n", "\r\n"])

TEXTS = st.lists(st.tuples(BLANKS, TOKENS)).map(lambda pairs: "".join(blank + token for blank, token in pairs))


def tokens(lexer: MLIRLexer) -> list[tuple[MLIRTokenKind, str, int, int]] | str:
    found: list[tuple[MLIRTokenKind, str, int, int]] = []
    try:
        while (token := lexer.lex()).kind is not MLIRTokenKind.EOF:
            found.append((token.kind, token.text, token.span.start, token.span.end))
    except ParseError as error:
        return error.msg
    return found


_ELLIPSIS = "expected three consecutive dots for an ellipsis"


@given(TEXTS)
def test_tokens_are_those_of_the_plain_lexer(text: str) -> None:
    expected = tokens(MLIRLexer(Input(text, "x")))
    assert tokens(Lexer(Input(text, "x"))) == (_ELLIPSIS if "ellipsis" in expected else expected)


@given(st.text(alphabet='%#!@^"\\{}<>-.0x1aeé \n/', max_size=40))
def test_tokens_stand_where_they_say(text: str) -> None:
    found = tokens(Lexer(Input(text, "x")))
    if not isinstance(found, str):
        assert [text[start:end] for _, _, start, end in found] == [spelling for _, spelling, _, _ in found]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("`", "unexpected character"),
        ("é", "unexpected character"),
        ("%", "invalid SSA name"),
        ("^ ", "invalid block name"),
        ("! ", "invalid type identifier"),
        ("..", _ELLIPSIS),
        ("@1", "@ identifier expected to start with letter or '_'"),
        ('"abc', "expected '\"' in string literal"),
        ('@"abc', "expected '\"' in string literal"),
        ('"a\nb"', "expected '\"' in string literal"),
        (r'"a\qb"', "unknown escape in string literal"),
    ],
)
def test_what_is_no_token_is_an_error(text: str, message: str) -> None:
    assert tokens(Lexer(Input(text, "x"))) == message


@pytest.mark.parametrize(
    "text", [" \n" * 100_000 + "`", '"' + "a" * 100_000, "//" * 100_000 + "\n`", "0" * 100_000 + "`"]
)
def test_errors_are_found_in_linear_time(text: str) -> None:
    assert isinstance(tokens(Lexer(Input(text, "x"))), str)
