from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.exploration.comparing.alignment import align
from iree_explorer.exploration.edits import Text

BODY = (
    "    %0 = stream.async.splat %c0 : i32 -> !r",
    "    %1 = stream.async.dispatch @a::@a(%0) : (!r) -> !r",
    "    %2 = stream.async.dispatch @b::@b(%1) : (!r) -> !r",
    "    %3 = stream.async.dispatch @b::@b(%2) : (!r) -> !r",
)


def program(*body: str, name: str = "f", first: int = 0) -> Text:
    """A module of one function; ops are numbered in text order from `first`."""
    lines = ["module {", f"  util.func public @{name}(%c0: i32) {{", *body, "    util.return", "  }", "}"]
    owners = list(range(first, first + len(body) + 3))
    return list(zip(lines, [*owners, owners[1], owners[0]], strict=True))


def test_a_program_is_its_own_counterpart() -> None:
    assert align(program(*BODY), program(*BODY, first=100)) == {op: op + 100 for op in range(7)}


def test_an_inserted_op_has_no_counterpart_and_those_behind_it_keep_theirs() -> None:
    renamed = [
        *BODY[:2],
        "    %2 = stream.async.clone %1 : !r -> !r",
        "    %3 = stream.async.dispatch @b::@b(%2) : (!r) -> !r",
        "    %4 = stream.async.dispatch @b::@b(%3) : (!r) -> !r",
    ]
    assert align(program(*BODY), program(*renamed)) == {0: 0, 1: 1, 2: 2, 3: 3, 4: 5, 5: 6, 6: 7}


def test_a_removed_op_is_lost() -> None:
    found = align(program(*BODY), program(*BODY[1:]))
    assert found == {0: 0, 1: 1, 3: 2, 4: 3, 5: 4, 6: 5}


def test_an_op_whose_operand_was_edited_is_the_same_op() -> None:
    edited = [*BODY[:3], BODY[3].replace("(%2)", "(%0)")]
    assert align(program(*BODY), program(*edited))[5] == 5


def test_functions_go_together_by_symbol_in_any_order() -> None:
    two = [*program(*BODY)[:-1], *[(line, op + 10) for line, op in program(*BODY[:1], name="g")[1:]]]
    swapped = [two[0], *two[8:11], *two[1:8], *two[11:]]
    assert align(two, swapped) == {op: op for _, op in two}


def test_a_renamed_function_keeps_its_ops() -> None:
    assert align(program(*BODY), program(*BODY, name="g"))[3] == 3


lines = st.lists(st.sampled_from(BODY), max_size=12)


@given(lines, lines)
def test_ops_keep_their_order_and_have_one_counterpart(old: list[str], new: list[str]) -> None:
    pairs = sorted(align(program(*old), program(*new)).items())
    assert [after for _, after in pairs] == sorted({after for _, after in pairs})
    assert dict(pairs)[0] == 0


def test_a_large_edited_program_is_aligned_but_for_the_edit() -> None:
    body = [f"    %{n} = stream.async.dispatch @k{n % 7}::@k(%{n - 1}) : (!r) -> !r" for n in range(1, 20_000)]
    edited = [*body[:10_000], "    %z = stream.async.clone %1 : !r -> !r", *body[10_000:]]
    found = align(program(*body), program(*edited))
    assert found == {op: op if op < 10_002 else op + 1 for op in range(20_002)}
