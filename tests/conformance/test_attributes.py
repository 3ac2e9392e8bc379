"""Random attributes and types are read and printed as by the real tool. `IREE_EXPLORER_SEEDS=2000` compares more."""

import os

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.conformance.attribute_texts import attribute_module
from tests.fuzz.compare import first_error

SEEDS = int(os.environ.get("IREE_EXPLORER_SEEDS", "120"))
PART = 40


def _outcomes(text: str) -> tuple[str, str]:
    """What we make of a module, and what the real tool does: `ours` twice where that one died."""
    try:
        ours = print_module(parse(text).op).rstrip("\n")
    except SourceError as error:
        ours = " ".join(first_error(str(error)))
    expected, messages = oracle.iree_opt(text)
    if any(words in messages for words in oracle.CRASHED):
        return ours, ours
    return ours, " ".join(first_error(messages)) if expected is None else expected.rstrip("\n")


def _is_refusal(outcome: str) -> bool:
    return not outcome.startswith(("module", "#"))


@pytest.mark.parametrize("first", range(0, SEEDS, PART))
def test_attributes_are_read_and_printed_as_by_the_real_tool(first: int) -> None:
    for seed in range(first, min(first + PART, SEEDS)):
        text = attribute_module(seed)
        ours, theirs = _outcomes(text)
        assert ours == theirs, text


@pytest.mark.parametrize("first", range(0, SEEDS, PART))
def test_broken_attributes_are_refused_where_the_real_tool_refuses_them_mostly_in_its_words(first: int) -> None:
    texts = [attribute_module(seed, broken=True) for seed in range(first, min(first + PART, SEEDS))]
    other_words: list[tuple[str, str, str]] = []
    for text in texts:
        ours, theirs = _outcomes(text)
        if _is_refusal(ours) and _is_refusal(theirs):
            if ours != theirs:
                other_words.append((text, ours, theirs))
        else:
            assert ours == theirs, text
    assert len(other_words) <= len(texts) // 10, other_words
