"""Which uses of values are sound; the errors themselves are in `test_parser.py`."""

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
