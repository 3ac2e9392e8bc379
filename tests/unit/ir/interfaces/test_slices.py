import pytest

from iree_explorer.ir.interfaces.slices import out_of_bounds
from tests.unit.dialects.texts import error_of

DYNAMIC = -(2**63)
WELL_FORMED = "so the rank of the result type is well-formed."


def part(offsets: list[int], sizes: list[int], strides: list[int]) -> str:
    """The error of a part of a `tensor<4x8xf32>` with these numbers and no values."""
    arrays = ", ".join(
        f"static_{name} = array<i64: {', '.join(map(str, values))}>"
        for name, values in (("offsets", offsets), ("sizes", sizes), ("strides", strides))
    )
    body = (
        f'%0 = "tensor.extract_slice"(%arg0) <{{operandSegmentSizes = array<i32: 1, 0, 0, 0>, {arrays}}}> : '
        "(tensor<4x8xf32>) -> tensor<1x2xf32>"
    )
    return error_of(body, "tensor<4x8xf32>")


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (
            ([DYNAMIC, 0], [DYNAMIC, 1], [DYNAMIC, 1]),
            "expected the number of 'sizes' to match the number of dynamic entries in 'static_sizes' (0 vs 1)",
        ),
        (
            ([DYNAMIC, 0], [1, 1], [DYNAMIC, 1]),
            "expected the number of 'strides' to match the number of dynamic entries in 'static_strides' (0 vs 1)",
        ),
        (
            ([0, DYNAMIC, DYNAMIC], [1, 2], [1, 1]),
            "expected the number of 'offsets' to match the number of dynamic entries in 'static_offsets' (0 vs 2)",
        ),
        (([0], [1, 2], [1]), f"expected mixed offsets rank to match mixed sizes rank (1 vs 2) {WELL_FORMED}"),
        (([0, 0], [1, -3], [1]), f"expected mixed sizes rank to match mixed strides rank (2 vs 1) {WELL_FORMED}"),
        (([0, -1, 0], [1, 2, 0], [1, 1, 1]), "expected 2 offset values, got 3"),
        (([0, -1], [1, -3], [1, 1]), "expected offsets to be non-negative, but got -1"),
        (([0, 0], [1, -3], [1, -1]), "expected sizes to be non-negative, but got -3"),
    ],
)
def test_a_part_that_is_none(numbers: tuple[list[int], list[int], list[int]], message: str) -> None:
    assert part(*numbers) == message


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("[0, 9] [1, 2] [1, 1]", "offset 1 is out-of-bounds: 9 >= 8"),
        ("[0, 7] [1, 2] [1, 1]", "slice along dimension 1 runs out-of-bounds: 8 >= 8"),
        ("[0, 3] [1, 3] [1, 1]", "expected type to be 'tensor<1x3xf32>' or a rank-reduced version. (size mismatch)"),
    ],
)
def test_the_part_of_an_iteration_fits_as_any_other(place: str, message: str) -> None:
    insert = f"tensor.parallel_insert_slice %arg1 into %o{place} : tensor<1x2xf32> into tensor<4x8xf32>"
    body = (
        "%0 = scf.forall (%i) in (2) shared_outs(%o = %arg0) -> (tensor<4x8xf32>) {\n"
        f"scf.forall.in_parallel {{\n{insert}\n}}\n}}"
    )
    assert error_of(body, "tensor<4x8xf32>; tensor<1x2xf32>").rstrip() == message


def test_what_is_not_known_may_fit() -> None:
    assert out_of_bounds(0, DYNAMIC, 100, 100, 1) is None
    assert out_of_bounds(0, 8, DYNAMIC, 100, 1) is None
    assert out_of_bounds(0, 8, 7, DYNAMIC, 1) is None
    assert out_of_bounds(0, 8, 7, 0, 1) is None
    assert out_of_bounds(0, 8, 8, 0, 1) == "offset 0 is out-of-bounds: 8 >= 8"
