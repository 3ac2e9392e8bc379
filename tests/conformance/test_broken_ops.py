"""Valid programs of which one op is broken: the same text as the real tool's, or its first error. More: `python -m tests.fuzz --ops --oracle N`."""

import pytest

from iree_explorer import samples
from tests.conformance.generator import program
from tests.fuzz.compare import first_error, real_verdict
from tests.fuzz.judge import judge, op_mutant

PROGRAMS = (*(sample.text for sample in samples.ALL if len(sample.text) < 9_000), *map(program, range(20)))
COUNT, SEED = 60, 1


@pytest.mark.parametrize("first", range(0, COUNT, 10))
def test_what_is_said_of_a_broken_op(first: int) -> None:
    for number in range(first, first + 10):
        made = op_mutant(number, SEED, PROGRAMS)
        ours, (theirs, said) = judge(made.data), real_verdict(made.data)
        assert ours.outcome == theirs, (number, made.kind, ours.text, said)
        if theirs == "accepted":
            assert ours.text.rstrip("\n") == said.rstrip("\n"), (number, made.kind)
        else:
            assert first_error(ours.text) == first_error(said), (number, made.kind)
