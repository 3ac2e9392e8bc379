"""Which uses of values are sound, which of several errors is told, and how; all as `iree-opt` does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse


def accepts(body: str) -> bool:
    """Whether a function of this body is accepted; `%a` is an argument of type i1."""
    try:
        parse(f"func.func @f(%a: i1) {{\n{body}\n}}", "f", allow_unregistered=True)
    except SourceError as error:
        if "does not dominate" in error.message or "outside the region" in error.message:
            return False
        raise
    return True


DEFINE = '%v = "x.y"() : () -> i1\n'
USE = '"x.z"(%v) : (i1) -> ()\n'
RETURN = "return\n"


@pytest.mark.parametrize(
    ("body", "sound"),
    [
        (DEFINE + USE + RETURN, True),
        (USE + DEFINE + RETURN, False),
        (f"{DEFINE}cf.br ^b\n^b:\n{USE}{RETURN}", True),
        (f"cf.cond_br %a, ^b, ^c\n^b:\n{DEFINE}cf.br ^c\n^c:\n{USE}{RETURN}", False),
        (f"cf.br ^c\n^b:\n{USE}{RETURN}^c:\n{DEFINE}cf.br ^b", True),
        (f"cf.br ^b\n^b:\n{DEFINE}cf.cond_br %a, ^b, ^c\n^c:\n{USE}{RETURN}", True),
        (f'"x.r"() ({{\n{USE}}}) : () -> ()\n{DEFINE}{RETURN}', False),
        (f'{DEFINE}"x.r"() ({{\n{USE}}}) : () -> ()\n{RETURN}', True),
        # unknown ops may have regions in which order does not matter
        (f'"x.r"() ({{\n{USE}{DEFINE}}}) : () -> ()\n{RETURN}', True),
        # unknown ops may see what is outside
        (f'{DEFINE}"x.r"() ({{\n"x.r"() ({{\n{USE}}}) : () -> ()\n}}) : () -> ()\n{RETURN}', True),
        # known ones may not, where they say so
        (f"{DEFINE}builtin.module {{\n{USE}}}\n{RETURN}", False),
        (f"builtin.module {{\n{DEFINE}{USE}}}\n{RETURN}", True),
        (f"scf.if %a {{\n{DEFINE}{USE}}}\n{RETURN}", True),
        (f"{DEFINE}scf.if %a {{\n{USE}}}\n{RETURN}", True),
        (f"scf.if %a {{\n{USE}}}\n{DEFINE}{RETURN}", False),
        # what cannot be reached may do what it likes
        (f"{RETURN}^dead:\n{USE}{DEFINE}{RETURN}", True),
        (f"{RETURN}^dead:\n{DEFINE}scf.if %a {{\n{USE}}}\n{RETURN}", True),
        (f"{RETURN}^dead:\nscf.if %a {{\n{USE}}}\n{DEFINE}{RETURN}", False),
        (f"{RETURN}^dead:\nscf.if %a {{\n{USE}}}\n{RETURN}^other:\n{DEFINE}{RETURN}", True),
    ],
)
def test_a_value_is_used_only_where_it_is_defined(body: str, sound: bool) -> None:
    assert accepts(body) == sound


@given(st.permutations(range(6)))
def test_straight_code_is_sound_in_one_order_only(order: list[int]) -> None:
    def op(index: int) -> str:
        return f'%{index} = "x.y"({"%a" if index == 0 else f"%{index - 1}"}) : (i1) -> i1\n'

    assert accepts("".join(map(op, order)) + RETURN) == (order == sorted(order))


BAD_CAST = "%bad = arith.index_cast %f : f32 to index\n"
BAD_TYPE = (
    "'arith.index_cast' op operand #0 must be signless-non-zero-bitwidth-integer-like or memref of signless-integer, "
    "but got 'f32'"
)
DOMINATED = "operand #0 does not dominate this use"
SAME_BLOCK = "operand defined here (op in the same block)"


def refusal(text: str) -> list[tuple[str, int]]:
    """The message and the notes of the error that a text is refused with, each with its line."""
    with pytest.raises(SourceError) as caught:
        parse(text, "f", allow_unregistered=True)
    error = caught.value
    told = [(error.message, error.location), *error.notes]
    return [(message, 0 if place is None else place.line) for message, place in told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            f"util.func @f(%f: f32) {{\n{USE}{DEFINE}{BAD_CAST}util.return\n}}",
            [(BAD_TYPE, 4)],
            id="rules of ops before uses of values",
        ),
        pytest.param(
            f"util.func @f() {{\n{USE}{DEFINE}util.return\n}}\nutil.func @g(%f: f32) {{\n{BAD_CAST}util.return\n}}",
            [(DOMINATED, 2), (SAME_BLOCK, 3)],
            id="one function after the other",
        ),
        pytest.param(
            f"util.func @f() {{\n{USE}{DEFINE}util.return\n}}\nutil.func @f() {{\nutil.return\n}}",
            [(DOMINATED, 2), (SAME_BLOCK, 3)],
            id="symbols after what is in them",
        ),
        pytest.param(
            f'util.func @f(%c: i1) {{\nscf.if %c {{\n{USE}}}\n"x.z"(%v) : (i1) -> ()\n{DEFINE}util.return\n}}',
            [(DOMINATED, 5), (SAME_BLOCK, 6)],
            id="uses in a block before those in its ops",
        ),
        pytest.param(
            f"util.func @f(%c: i1) {{\nscf.if %c {{\n{USE}}}\n{DEFINE}util.return\n}}",
            [(DOMINATED, 3), ("operand defined here (op in a parent region)", 5)],
            id="defined further down around",
        ),
        pytest.param(
            f"util.func @f() {{\ncf.br ^a\n^a:\n{USE}cf.br ^b\n^b:\n{DEFINE}util.return\n}}",
            [(DOMINATED, 4), ("operand defined here (op in the same region)", 7)],
            id="defined in a later block",
        ),
        pytest.param(
            f"util.func @f(%c: i1) {{\ncf.cond_br %c, ^a(%c : i1), ^b\n^a(%v: i1):\nutil.return\n^b:\n{USE}util.return\n}}",
            [(DOMINATED, 6), ("operand defined as a block argument (block #1 in the same region)", 1)],
            id="argument of another block",
        ),
        pytest.param(
            f"util.func @f() {{\n{DEFINE}builtin.module {{\n{USE}}}\nutil.return\n}}",
            [("'x.z' op using value defined outside the region", 4), ("required by region isolation constraints", 3)],
            id="from outside of a module",
        ),
        pytest.param(
            "util.func @f() {\ncf.br ^b\n%x = arith.constant 1 : i32\nutil.return\n^b:\nutil.return\n}",
            [("operation with block successors must terminate its parent block", 2)],
            id="a branch within a block",
        ),
        pytest.param(
            '"func.func"() <{function_type = () -> (), sym_name = "f"}> ({\n^a:\ncf.br ^a\n}) : () -> ()',
            [("entry block of region may not have predecessors", 1)],
            id="back to the entry",
        ),
        pytest.param(
            "util.func @f(%n: index, %r: !stream.resource<transient>) {\n"
            "%t = stream.cmd.execute with(%r as %x: !stream.resource<transient>{%n}) {\n"
            '"x.y"() : () -> ()\n} => !stream.timepoint\nutil.return\n}',
            [("'x.y' op explicit execution regions must only contain explicit ops", 3)],
            id="unknown ops by their names",
        ),
        pytest.param(
            "util.func @f(%r: !stream.resource<*>, %n: index, %v: i32) {\n"
            '%0 = "stream.async.fill"(%r, %n, %n, %n, %n, %v) : '
            "(!stream.resource<*>, index, index, index, index, i32) -> !stream.resource<external>\nutil.return\n}",
            [("'stream.async.fill' op failed to verify that all of {target, result} have same type", 2)],
            id="types that should be the same",
        ),
    ],
)
def test_the_first_error_is_that_of_the_real_tool(text: str, told: list[tuple[str, int]]) -> None:
    assert refusal(text) == told


@pytest.mark.parametrize("right_before", [1, 2, 4])
def test_an_op_whose_rule_speaks_of_values_is_asked_behind_others_of_the_same_types(right_before: int) -> None:
    cast = "  %{n} = stream.async.cast %r : !stream.resource<*>{{%{size}}} -> !stream.resource<external>{{%a}}\n"
    casts = [cast.format(n=number, size="a") for number in range(right_before)] + [cast.format(n="last", size="b")]
    head = "util.func @f(%r: !stream.resource<*>, %a: index, %b: index) {\n"
    with pytest.raises(SourceError, match="source and result sizes must be equal") as raised:
        parse(f"{head}{''.join(casts)}  util.return\n}}")
    assert raised.value.location is not None
    assert raised.value.location.line == right_before + 2
