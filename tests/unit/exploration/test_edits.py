from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.exploration.edits import Text, apply, edits_between

LINES = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(-1, 2)), max_size=30)


@given(LINES, LINES)
def test_edits_make_one_text_of_the_other_and_back(old: Text, new: Text) -> None:
    text = list(old)
    undo = apply(text, edits_between(old, new))
    assert text == new
    apply(text, undo)
    assert text == old


@given(LINES, LINES, LINES, LINES)
def test_edits_in_the_middle_of_a_text_leave_the_rest(before: Text, old: Text, new: Text, after: Text) -> None:
    text = [*before, *old, *after]
    apply(text, edits_between(old, new, len(before)))
    assert text == [*before, *new, *after]


@given(LINES)
def test_equal_texts_need_no_edit(text: Text) -> None:
    assert edits_between(text, list(text)) == []


def test_lines_that_stay_are_not_edited() -> None:
    old: Text = [(f"line {i}", i) for i in range(100)]
    new: Text = [*old[:10], ("new", 1), *old[10:50], *old[60:]]
    edits = edits_between(old, new)
    assert [(edit.line, edit.remove, len(edit.lines)) for edit in edits] == [(10, 0, 1), (51, 10, 0)]


def test_a_long_text_is_compared_quickly_though_most_lines_differ() -> None:
    old: Text = [(f"%{i} = op", i) for i in range(20_000)]
    new: Text = [(f"  %{i + 3} = op", i) for i in range(20_000)]
    (edit,) = edits_between(old, new)
    assert (edit.line, edit.remove, len(edit.lines)) == (0, 20_000, 20_000)
