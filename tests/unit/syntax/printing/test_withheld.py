import random
import re

import pytest

from iree_explorer.syntax import parse, print_lines, print_module
from iree_explorer.syntax.printing.withheld import LARGEST, Withheld

SIZE = LARGEST + 1


def program(seed: int, *, blob: int = SIZE) -> str:
    """Large and small literals of several types, twice the same one, and a resource of so many bytes."""
    numbers = random.Random(seed)
    literals = [
        f'dense<"0x{numbers.randbytes(SIZE * 4).hex().upper()}"> : tensor<{SIZE}xi32>',
        f'dense<"0x{numbers.randbytes(2 * SIZE * 4).hex().upper()}"> : tensor<2x{SIZE}xf32>',
        f'dense<"0x{bytes(numbers.choices((0, 1), k=SIZE)).hex().upper()}"> : tensor<{SIZE}xi1>',
        f"dense<[1, 2, 3]> : tensor<3xi8>, c = dense<5> : tensor<{SIZE}xi32>",
    ]
    ops = [f'  "a.b"() {{a = {literal}}} : () -> ()' for literal in [*literals, literals[0]]]
    ops.append(
        f'  "a.b"() {{a = dense_resource<"x y"> : tensor<{blob}xi8>, b = dense_resource<gone> : tensor<1xi8>}} : () -> ()'
    )
    data = numbers.randbytes(blob).hex().upper()
    metadata = [
        "",
        "{-#",
        "  dialect_resources: {",
        "    builtin: {",
        f'      "x y": "0x01000000{data}"',
        "    }",
        "  }",
        "#-}",
    ]
    return "\n".join(["module {", *ops, "}", *metadata, ""])


def shown(text: str, withheld: Withheld) -> str:
    module = parse(text, allow_unregistered=True)
    assert print_module(module.op) == text
    return "".join(f"{line.text}\n" for line in print_lines(module.op, withheld=withheld))


@pytest.mark.parametrize("seed", range(5))
def test_a_text_is_short_and_can_be_restored(seed: int) -> None:
    text, withheld = program(seed), Withheld()
    short = shown(text, withheld)
    assert len(short) < 1500
    assert withheld.restore(short) == text


def test_what_is_the_same_has_the_same_name_in_all_texts() -> None:
    names = [re.findall("__elided_[0-9a-f]+__", shown(program(0), Withheld())) for _ in range(2)]
    assert names[0] == names[1]
    assert len(names[0]) == 4
    assert len(set(names[0])) == 3


def test_small_literals_are_shown() -> None:
    text = program(0, blob=8)
    assert '      "x y": "0x01000000' in shown(text, Withheld())
    assert "dense<[1, 2, 3]> : tensor<3xi8>, c = dense<5>" in shown(text, Withheld())


def test_a_line_of_another_tool_is_shortened() -> None:
    text, withheld = program(1), Withheld()
    short = "\n".join(map(withheld.shorten, text.split("\n")))
    assert len(short) < 1500
    assert len(re.findall("dense_resource<__elided_[0-9a-f]+__> : tensor<", short)) == 4
    assert withheld.restore(short) == text


def test_names_that_are_not_known_stay() -> None:
    text = '"a.b"() {a = dense_resource<__elided_0123456789ab__> : tensor<4xi8>} : () -> ()'
    withheld = Withheld()
    shown(program(0), withheld)
    assert withheld.restore(text) == text
