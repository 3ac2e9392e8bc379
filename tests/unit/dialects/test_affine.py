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
  %9 = affine.apply #map(%arg0)[%arg1]
} else {
  %9 = affine.apply #map(%arg0)[%arg1]
}
%8 = affine.if #set(%arg0)[%arg1] -> index {
  affine.yield %arg0 : index
} else {
  affine.yield %arg1 : index
}
affine.for %arg2 = 0 to 10 {
  %9 = affine.apply #map(%arg2)[%arg1]
}"""


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
        ("%0 = affine.apply affine_map<(d0) -> (d0, d0)>(%arg0)", "mapping must produce one value"),
        ("%0 = affine.apply affine_map<(d0) -> (d0)>()", "dimension or symbol index mismatch"),
        ("%0 = affine.delinearize_index %arg0 into (2, 3, 4) : index", "should return an index for each basis element"),
        ("%0 = affine.linearize_index [%arg0] by (2, 3, 4) : index", "should be passed a basis element for each index"),
        ("%0 = affine.if affine_set<(d0) : (d0 >= 0)>(%arg0) -> index { affine.yield %arg0 : index }", "else block"),
    ],
)
def test_wrong_ops_are_refused(body: str, message: str) -> None:
    assert message in error_of(body, "index; index")
