import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.ir.interfaces.effects import is_memory_effect_free, is_pure, is_speculatable, would_be_trivially_dead
from tests.unit.dialects.bodies import Body, only_op

PURE = "%{0} = arith.constant 1 : i32"
READS = "%{0} = util.global.load @state : i32"
WRITES = "util.global.store %i, @state : i32"
UNKNOWN = '"un.known"() : () -> ()'
ALLOCATES = "%{0} = stream.resource.alloc uninitialized : !stream.resource<transient>{{%x}}"


# Droppable if unused (wouldOpBeTriviallyDead), free of effects, speculatable. Checked with iree-opt's --cse, which
# drops what is unused, and in IREE's definitions.
@pytest.mark.parametrize(
    ("body", "droppable", "effect_free", "speculatable"),
    [
        ("%0 = arith.constant 1 : i32", True, True, True),
        ("%0 = arith.divsi %i, %i : i32", True, True, False),
        ("%0 = util.global.load @state : i32", True, False, False),
        ("%0 = util.global.load immutable @fixed : i32", True, True, False),
        ("util.global.store %i, @state : i32", False, False, False),
        ("%0 = util.call @callee(%i) : (i32) -> %i", False, False, False),
        ('%0 = "un.known"() : () -> i32', False, False, False),
        ("%0 = util.optimization_barrier %i : i32", False, False, False),
        ("%0 = stream.async.constant : !stream.resource<constant>{%x} = dense<1> : tensor<4xi32>", True, True, True),
        ("%0 = stream.async.splat %i : i32 -> !stream.resource<*>{%x}", False, False, False),
        ("%0 = stream.async.clone %r : !stream.resource<*>{%x} -> !stream.resource<*>{%x}", False, False, False),
        ("%0 = stream.async.slice %r[%x to %y] : !stream.resource<*>{%y} -> !stream.resource<*>{%z}", True, True, True),
        ("%0 = stream.async.transfer %r : !stream.resource<*>{%x} -> !stream.resource<*>{%x}", True, True, True),
        ("%0 = stream.async.alloca : !stream.resource<transient>{%x}", False, False, True),
        ("%0 = stream.resource.alloc : !stream.resource<transient>{%x}", False, False, True),
        (
            "%0 = stream.tensor.store %i, %s[%x] : i32 -> tensor<4xi32> in %s as !stream.resource<staging>{%x}",
            True,
            True,
            True,
        ),
        (
            "%0 = stream.tensor.import %k : !util.buffer -> tensor<4xf32> in !stream.resource<external>{%x}",
            True,
            True,
            True,
        ),
        ("%0 = stream.timepoint.import %k : (!util.buffer) => !stream.timepoint", True, True, True),
        ("stream.timepoint.chain_external %tp => (%k : !util.buffer)", False, False, False),
        (
            "%0 = stream.resource.dealloca %t : !stream.resource<transient>{%x} => !stream.timepoint",
            False,
            False,
            False,
        ),
        ("stream.resource.store %i, %s[%x] : i32 -> !stream.resource<staging>{%y}", False, False, False),
        ("check.expect_true(%i) : i32", False, False, False),
        ("%0 = flow.tensor.clone %v : tensor<?xf32>{%x}", True, True, True),
        ("%0 = flow.dispatch @e::@k(%v) : (tensor<?xf32>{%x}) -> tensor<?xf32>{%x}", True, True, True),
    ],
)
def test_effects(body: str, droppable: bool, effect_free: bool, speculatable: bool) -> None:
    op = only_op(body)
    assert (would_be_trivially_dead(op), is_memory_effect_free(op), is_speculatable(op)) == (
        droppable,
        effect_free,
        speculatable,
    )
    assert is_pure(op) == (effect_free and speculatable)


def region_of(kinds: list[str]) -> str:
    inner = [kind.format(f"n{number}") for number, kind in enumerate(kinds)]
    return "\n".join(["scf.execute_region {", *inner, "scf.yield", "}"])


@given(st.lists(st.sampled_from([PURE, READS, WRITES, UNKNOWN, ALLOCATES]), max_size=4))
def test_regions_have_the_effects_of_their_ops(kinds: list[str]) -> None:
    op = only_op(region_of(kinds))
    assert is_memory_effect_free(op) == (set(kinds) <= {PURE})
    nested = [inner for inner in op.regions[0].block.ops if inner.name != "scf.yield"]
    assert is_memory_effect_free(op) == all(is_memory_effect_free(inner) for inner in nested)


def test_functions_globals_and_terminators_stay() -> None:
    program = Body("")
    module = program.function.parent_op()
    assert module is not None
    assert not any(would_be_trivially_dead(op) for op in module.regions[0].block.ops)
    last = program.block.last_op
    assert last is not None
    assert not would_be_trivially_dead(last)
