from hypothesis import given
from hypothesis import strategies as st
from xdsl.utils.exceptions import ParseError
from xdsl.utils.lexer import Input
from xdsl.utils.mlir_lexer import MLIRLexer, MLIRTokenKind

from iree_explorer.syntax.lexer import Lexer

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


@given(TEXTS)
def test_tokens_are_those_of_the_plain_lexer(text: str) -> None:
    assert tokens(Lexer(Input(text, "x"))) == tokens(MLIRLexer(Input(text, "x")))


@given(st.text(alphabet='%#!@^"\\{}<>-.0x1ae \n/', max_size=40))
def test_any_text_gives_tokens_or_the_same_error(text: str) -> None:
    assert tokens(Lexer(Input(text, "x"))) == tokens(MLIRLexer(Input(text, "x")))


def test_much_white_space_before_an_error_takes_no_time() -> None:
    assert tokens(Lexer(Input(" \n" * 100_000 + "`", "x"))) == "Unexpected character: `"
