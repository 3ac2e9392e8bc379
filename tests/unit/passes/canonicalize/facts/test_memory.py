"""What ops do to memory, with what they hold."""

import pytest

from iree_explorer.passes.canonicalize.facts.memory import allocates, effects_of, may_write
from tests.unit.dialects.bodies import only_op


@pytest.mark.parametrize(
    ("body", "effects", "writes", "allocation"),
    [
        ("%0 = arith.constant 1 : i32", [], False, False),
        ("%0 = util.global.load @state : i32", ["read"], False, False),
        ("util.global.store %i, @state : i32", None, True, False),
        ("%0 = stream.resource.alloc uninitialized : !stream.resource<transient>{%x}", ["alloc"], False, True),
        ('%0 = "un.known"() : () -> i32', None, True, False),
        ("scf.execute_region {\n  scf.yield\n}", [], False, False),
        ("scf.execute_region {\n  %0 = util.global.load @state : i32\n  scf.yield\n}", ["read"], False, False),
        (
            "scf.execute_region {\n  scf.execute_region {\n    util.global.store %i, @state : i32\n    scf.yield\n  }\n  scf.yield\n}",
            None,
            True,
            False,
        ),
        ('scf.execute_region {\n  "un.known"() : () -> ()\n  scf.yield\n}', None, True, False),
    ],
)
def test_effects(body: str, effects: list[str] | None, writes: bool, allocation: bool) -> None:
    op = only_op(body)
    found = effects_of(op)
    assert (None if found is None else [effect.kind.name.lower() for effect in found]) == effects
    assert may_write(op) is writes
    assert allocates(op) is allocation
