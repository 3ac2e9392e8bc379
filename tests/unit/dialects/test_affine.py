import pytest

from iree_explorer.dialects import affine
from iree_explorer.syntax import parse
from tests.unit.dialects.texts import assert_round_trips, error_of, function

ALIASES = """\
#map = affine_map<(d0)[s0] -> (d0 * 4 + s0)>
#map1 = affine_map<(d0)[s0] -> (d0, s0 floordiv 4)>
#set = affine_set<(d0)[s0] : (d0 - s0 >= 0, d0 mod 2 == 0)>
"""

BODY = """\
%0 = affine.apply #map(%arg0)[%arg1]
%1 = affine.min #map1(%arg0)[%arg1]
%2 = affine.max #map1(%arg0)[%arg1] {a}
%3:2 = affine.delinearize_index %arg0 into (4, 8) : index, index
%4:3 = affine.delinearize_index %arg0 into (%arg1, 8) {foo} : index, index, index
%5 = affine.linearize_index [%arg0, %arg1] by (4, 8) : index
%6 = affine.linearize_index disjoint [%arg0, %arg1] by (%arg0, 8) {x} : index
%7 = affine.linearize_index [%arg0, %arg1] by (8) : index
affine.if #set(%arg0)[%arg1] {
  %10 = affine.apply #map(%arg0)[%arg1]
} else {
  %10 = affine.apply #map(%arg0)[%arg1]
}
%8 = affine.if #set(%arg0)[%arg1] -> index {
  affine.yield %arg0 : index
} else {
  affine.yield %arg1 : index
}
affine.for %arg2 = 0 to 10 {
  %10 = affine.apply #map(%arg2)[%arg1]
}
affine.for %arg2 = max #map1(%arg0)[%arg1] to min #map1(%arg1)[%arg0] step 3 {
} {foo}
affine.for %arg2 = #map(%arg0)[%arg1] to %arg1 {
}
%9:2 = affine.for %arg2 = -1 to 7 iter_args(%arg3 = %arg0, %arg4 = %arg1) -> (index, index) {
  affine.yield %arg4, %arg3 : index, index
}"""


PARALLEL = """\
affine.parallel (%arg2) = (0) to (10) {
  %1 = affine.apply #map(%arg2)[%arg1]
}
affine.parallel (%arg2, %arg3, %arg4) = (%arg0 + %arg1, max(symbol(%arg0), %arg1), %arg1) to (min(%arg1, 4), -symbol(%arg1), 7) step (4, 1, 1) {
} {foo}
affine.parallel () = () to () {
}
%0:2 = affine.parallel (%arg2) = (max(%arg0, 3)) to (8) reduce ("assign", "maxu") -> (index, i8) {
  %c0_i8 = arith.constant 0 : i8
  affine.yield %arg2, %c0_i8 : index, i8
}"""


def test_parallel_loops_print_back() -> None:
    assert_round_trips(PARALLEL, "index; index", "#map = affine_map<(d0)[s0] -> (d0 * 4 + s0)>\n")


def test_a_value_is_one_dimension_and_one_symbol_of_all_bounds() -> None:
    text = function("affine.parallel (%i, %j) = (%arg0, max(%arg0, symbol(%arg0))) to (3, 4) { }", "index")
    [loop] = [op for op in parse(text).op.walk() if isinstance(op, affine.ParallelOp)]
    lower, upper = loop.bounds
    # Within a group a value stays what it was first.
    assert str(lower.map) == "(d0) -> (d0, d0, d0)"
    assert (list(lower.groups), len(lower.operands), len(upper.operands)) == ([1, 2], 1, 0)


def parallel(
    *,
    groups: str = "dense<1> : tensor<1xi32>",
    steps: str = "[1]",
    reductions: str = "[]",
    lower: str = "0",
    upper: str = "4",
    result: str = "",
) -> str:
    """A loop without operands in generic form; a result is of the given type."""
    properties = (
        f"lowerBoundsGroups = {groups}, lowerBoundsMap = affine_map<() -> ({lower})>, reductions = {reductions}, "
        f"steps = {steps}, upperBoundsGroups = dense<1> : tensor<1xi32>, upperBoundsMap = affine_map<() -> ({upper})>"
    )
    body = '({\n^bb0(%i: index):\n  "affine.yield"() : () -> ()\n})'
    return f'{"%0 = " if result else ""}"affine.parallel"() <{{{properties}}}> {body} : () -> ({result})'


@pytest.mark.parametrize(
    ("loop", "message"),
    [
        (
            parallel(groups="dense<1> : tensor<1xi64>"),
            "attribute 'lowerBoundsGroups' failed to satisfy constraint: 32-bit signless integer elements attribute",
        ),
        (parallel(steps="[1 : i32]"), "attribute 'steps' failed to satisfy constraint: 64-bit integer array attribute"),
        (parallel(reductions="[43]"), "attribute 'reductions' failed to satisfy constraint: Reduction ops"),
        (parallel(lower="0, 1"), "expected lower bounds map to have 1 results"),
        (parallel(upper="0, 1"), "expected upper bounds map to have 1 results"),
        (
            parallel(steps="[1, 2]"),
            "the number of region arguments (1) and the number of map groups for lower (1) and upper bound (1), and the number of",
        ),
        (parallel(reductions="[1]"), "a reduction must be specified for each output"),
        (parallel(reductions="[0]", result="i32"), "result type cannot match reduction attribute"),
        (parallel(reductions="[1]", result="f32"), "result type cannot match reduction attribute"),
        (parallel(reductions="[7]", result="si32"), "result type cannot match reduction attribute"),
        (parallel(reductions="[6]", result="ui32"), "result type cannot match reduction attribute"),
    ],
)
def test_wrong_generic_parallel_loops_are_refused(loop: str, message: str) -> None:
    assert error_of(loop).startswith(f"'affine.parallel' op {message}")


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("(%i) = (0) until (4)", "custom op 'affine.parallel' expected 'to'"),
        ("(%i) = (0) to (4) step (%arg0)", "custom op 'affine.parallel' steps must be constant integers"),
        ("(%i) = (min(0, 1)) to (4)", "use of undeclared identifier"),
        ("(%i) = (0) to (min())", "'affine.parallel' op expected upper bound map to have at least one result"),
        ('(%i) = (0) to (4) reduce ("foo")', "custom op 'affine.parallel' invalid reduction value: \"foo\""),
        ("(%i) = (0) to (4) reduce (1)", "integer literal not valid for specified type"),
    ],
)
def test_wrong_parallel_loops_are_refused(heading: str, message: str) -> None:
    assert error_of(f"affine.parallel {heading} {{ }}", "index") == message


def test_ops_print_back() -> None:
    assert_round_trips(BODY, "index; index", ALIASES)


def test_a_basis_is_integers_and_values() -> None:
    op = next(
        op
        for op in parse(
            function("%0:2 = affine.delinearize_index %arg0 into (%arg1, 8) : index, index", "index; index")
        ).op.walk()
        if isinstance(op, affine.DelinearizeIndexOp)
    )
    dynamic, static = op.basis
    assert dynamic is op.dynamic_basis[0]
    assert static == 8


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("%0 = affine.apply affine_map<(d0) -> (d0, d0)>(%arg0)", "operation defines 2 results but was provided 1 to"),
        ("%0 = affine.apply affine_map<(d0) -> ()>(%arg0)", "cannot name an operation with no results"),
        (
            '%0 = "affine.apply"(%arg0) {map = affine_map<(d0) -> (d0, d0)>} : (index) -> index',
            "must produce one value",
        ),
        (
            "%0 = affine.for %i = 0 to 4 iter_args(%a = %arg0) -> (index, index) { affine.yield %a : index }",
            "custom op 'affine.for' mismatch between the number of loop-carried values and results",
        ),
        ("%0 = affine.apply affine_map<(d0) -> (d0)>()", "custom op 'affine.apply' dimension or symbol index mismatch"),
        ("%0 = affine.apply affine_map<(d0) -> (d0)>(%arg0)[%arg1]", "dimension or symbol index mismatch"),
        ("%0 = affine.min affine_map<(d0) -> (d0)>()", "operand count and affine map dimension and symbol count must"),
        ("%0 = affine.min affine_map<() -> ()>()", "affine map expect at least one result"),
        ("%0 = affine.min 1(%arg0)", "custom op 'affine.min' invalid kind of attribute specified"),
        ("%0 = affine.min affine_map<(d0) -> (d0)> %arg0", "expected '(' in operand list"),
        ("%0 = affine.delinearize_index %arg0 into (2, 3, 4) : index", "should return an index for each basis element"),
        ("%0 = affine.linearize_index [%arg0] by (2, 3, 4) : index", "should be passed a basis element for each index"),
        ("%0 = affine.if affine_set<(d0) : (d0 >= 0)>(%arg0) -> index { affine.yield %arg0 : index }", "else block"),
        ("scf.execute_region { affine.yield }", "'affine.yield' op only terminates affine.if/for/parallel regions"),
        (
            "affine.for %i = 0 to 1 { affine.yield %i : index }",
            "'affine.yield' op parent of yield must have same number of results as the yield operands",
        ),
        (
            "%0 = affine.for %i = 0 to 1 iter_args(%a = %arg0) -> (index) { %b = arith.constant 1 : i1 affine.yield %b : i1 }",
            "'affine.yield' op types mismatch between yield op and its parent",
        ),
        ("affine.for %i = 0 : 1 { }", "custom op 'affine.for' expected 'to' between bounds"),
        (
            "affine.for %i = f32 to 1 { }",
            "custom op 'affine.for' expected valid affine map representation for loop bounds",
        ),
        (
            "affine.for %i = 0 to affine_map<(d0) -> (d0)>() { }",
            "custom op 'affine.for' dim operand count and affine map dim count must match",
        ),
        (
            "affine.for %i = 0 to affine_map<(d0)[s0] -> (d0)>(%arg0) { }",
            "custom op 'affine.for' symbol operand count and affine map symbol count must match",
        ),
        (
            "affine.for %i = affine_map<(d0) -> (d0, d0)>(%arg0) to 1 { }",
            "custom op 'affine.for' lower loop bound affine map with multiple results requires 'max' prefix",
        ),
        (
            "affine.for %i = 0 to affine_map<(d0) -> (d0, d0)>(%arg0) { }",
            "custom op 'affine.for' upper loop bound affine map with multiple results requires 'min' prefix",
        ),
        (
            "affine.for %i = 0 to 1 step 0 { }",
            "custom op 'affine.for' expected step to be representable as a positive signed integer",
        ),
        (
            "%0 = affine.for %i = 0 to 1 iter_args(%a = %arg0) -> (index, index) { }",
            "custom op 'affine.for' mismatch between the number of loop-carried values and results",
        ),
    ],
)
def test_wrong_ops_are_refused(body: str, message: str) -> None:
    assert message in error_of(body, "index; index")


def generic_loop(
    *, step: str = "1 : index", upper: str = "() -> (1)", arguments: str = "%i: index", result: str = ""
) -> str:
    """A loop without operands; a result is of the given type."""
    properties = (
        f"lowerBoundMap = affine_map<() -> (0)>, operandSegmentSizes = array<i32: 0, 0, 0>, step = {step}, "
        f"upperBoundMap = affine_map<{upper}>"
    )
    body = f'({{\n^bb0({arguments}):\n  "affine.yield"() : () -> ()\n}})'
    return f'{"%0 = " if result else ""}"affine.for"() <{{{properties}}}> {body} : () -> ({result})'


@pytest.mark.parametrize(
    ("loop", "message"),
    [
        (generic_loop(step="1 : i32"), "attribute 'step' failed to satisfy constraint: index attribute"),
        (generic_loop(arguments="%i: i32"), "expected body to have an index argument for the induction variable"),
        (generic_loop(arguments=""), "expected body to have an index argument for the induction variable"),
        (
            generic_loop(arguments="%i: index, %a: f32"),
            "different number of inits and region iter_args: 0 != 1",
        ),
        (
            generic_loop(upper="(d0) -> (d0)"),
            "upper bound operand count and affine map dimension and symbol count must match",
        ),
    ],
)
def test_wrong_generic_loops_are_refused(loop: str, message: str) -> None:
    assert error_of(loop) == f"'affine.for' op {message}"


@pytest.mark.parametrize(
    ("op", "message"),
    [
        ("%0 = affine.load %arg0[%arg1] : memref<4x8xf32>", "op affine map num results must equal memref rank"),
        ("%0 = affine.load %arg0[%arg1 * %arg1, 0] : memref<4x8xf32>", "non-affine expression: at least one"),
        ("%0 = affine.load %arg0[symbol %arg1, 0] : memref<4x8xf32>", "expected '(' at start of SSA symbol"),
        ("%0 = affine.load %arg0[symbol(3), 0] : memref<4x8xf32>", "expected ssa identifier"),
        ("%0 = affine.load %arg0[symbol(%arg1, 0] : memref<4x8xf32>", "expected ')' at end of SSA symbol"),
        ("%0 = affine.load %arg0 : memref<4x8xf32>", "expected '[' in affine map"),
        (
            "%0 = affine.load %arg0[%arg1, 0] : tensor<4x8xf32>",
            "custom op 'affine.load' invalid kind of type specified: expected builtin.memref",
        ),
        (
            '"affine.store"(%arg1, %arg0, %arg1) <{map = affine_map<(d0) -> (d0, d0)>}> : (index, memref<4x8xf32>, index) -> ()',
            "'affine.store' op value to store must have the same type as memref element type",
        ),
        (
            '%0 = "affine.load"(%arg0, %arg1) <{map = affine_map<(d0) -> (d0, d0)>}> : (memref<4x8xf32>, index) -> i32',
            "'affine.load' op result type must match element type of memref",
        ),
        (
            '%0 = "affine.load"(%arg0) <{map = affine_map<(d0) -> (d0, d0)>}> : (memref<4x8xf32>) -> f32',
            "'affine.load' op expects as many subscripts as affine map inputs",
        ),
        (
            '%0 = "affine.load"(%arg1) <{map = affine_map<() -> ()>}> : (index) -> f32',
            "'affine.load' op operand #0 must be memref of any non-token type values, but got 'index'",
        ),
    ],
)
def test_wrong_accesses_are_refused(op: str, message: str) -> None:
    assert message in error_of(op, "memref<4x8xf32>; index")


def test_a_value_that_is_named_twice_is_one_dimension() -> None:
    op = next(
        op
        for op in parse(
            function("%0 = affine.load %arg0[%arg1, %arg1 + 1] : memref<4x8xf32>", "memref<4x8xf32>; index")
        ).op.walk()
        if isinstance(op, affine.LoadOp)
    )
    assert len(op.indices) == 1
    assert str(op.map.data) == "(d0) -> (d0, (d0 + 1))"
