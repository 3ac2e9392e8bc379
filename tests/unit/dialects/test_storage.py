"""Ops that are stored by the short ways are as xDSL's own."""

from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.storage import copy_op
from iree_explorer.syntax import parse
from tests.conformance.generator import program


def test_a_copy_is_what_xdsl_clones() -> None:
    for seed in range(60):
        module = parse(program(seed)).op
        copy, pairs = copy_op(module)
        clone = module.clone()
        assert copy.is_structurally_equivalent(clone)
        assert _uses(copy) == _uses(clone)
        assert [old for old, _ in pairs] == list(module.walk())
        assert [new for _, new in pairs] == list(copy.walk())
        copy.verify()


def _uses(op: Operation) -> list[list[tuple[int, int]]]:
    """The uses of each value in `op`, newest first: number of the op and of the operand."""
    number = {other: index for index, other in enumerate(op.walk())}
    values: list[SSAValue] = []
    for other in number:
        values += other.results
        values += [argument for region in other.regions for block in region.blocks for argument in block.args]
    return [[(number[use.operation], use.index) for use in value.uses] for value in values]
