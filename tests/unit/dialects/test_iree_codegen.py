"""Ops that kernels have while code is generated for them: what is refused."""

import pytest

from tests.unit.dialects.texts import error_of, reprinted

TYPES = "vector<2x4xf16>; vector<2x4xf32>"


def tiled(
    *,
    inputs: int = 2,
    outputs: int = 1,
    maps: tuple[str, ...] = ("(i) -> (i)",) * 3,
    iterators: str = "#linalg.iterator_type<parallel>",
    kind: str = "#iree_gpu.mma_layout<MFMA_F32_16x16x16_F16>",
    semantics: str = "#iree_gpu.mma_semantics<distributed = true, opaque = false>",
    permutations: str = "",
    type_: str = "vector<2x4xf16>",
) -> str:
    """An `iree_codegen.inner_tiled`: all inputs are the first argument, all outputs the second."""
    ins, outs = ", ".join(["%arg0"] * inputs), ", ".join(["%arg1"] * outputs)
    attributes = (
        f"indexing_maps = [{', '.join(f'affine_map<{map_}>' for map_ in maps)}], iterator_types = [{iterators}], "
        f"kind = {kind}, semantics = {semantics}{f', permutations = [{permutations}]' if permutations else ''}"
    )
    types = f"{', '.join([type_] * inputs)} into {', '.join(['vector<2x4xf32>'] * outputs)}"
    return f"%0 = iree_codegen.inner_tiled ins({ins}) outs({outs}) <{attributes}> : {types}"


@pytest.mark.parametrize(
    ("op", "message"),
    [
        (tiled(inputs=1), "number of inputs (1) doesn't match expected number from kind (2)"),
        (
            tiled(kind="#iree_gpu.scaled_mma_layout<intrinsic = MFMA_SCALE_F32_16x16x128_B32>"),
            "number of inputs (2) doesn't match expected number from kind (4)",
        ),
        (tiled(outputs=2).replace("%0", "%0:2"), "number of outputs (2) doesn't match expected number from kind (1)"),
        (
            tiled(semantics="#iree_cpu.mma_semantics<>"),
            "kind attribute (dialect 'iree_gpu') and semantics attribute (dialect 'iree_cpu') must use the same dialect",
        ),
        (tiled(maps=("(i) -> (i)",) * 2), "expected an indexing map for each operand"),
        (tiled(maps=("()[i] -> (i)",) * 3), "expected indexing map 0 to have no symbols"),
        (tiled(maps=("(i) -> (i)", "(i, j) -> (i)", "(i) -> (i)")), "expected indexing map 1 to have 1 input dims"),
        (tiled(maps=("(i) -> (i, i)",) * 3), "expected indexing map 0 to have fewer than 2 results"),
        (tiled(maps=("(i) -> (i + 1)",) * 3), "expected indexing map 0 to be a projected permutation"),
        (
            tiled(permutations="array<i64: 0>"),
            "mismatch between the number of permutations (1) and the number of operands",
        ),
        (
            tiled(permutations=", ".join(["array<i64: 0, 1>"] * 3)),
            "permutation #0 length 2 does not match the inner rank 1 of the corresponding operand of type vector<2x4xf16>",
        ),
        (tiled(permutations=", ".join(["array<i64: 1>"] * 3)), "permutation #0 is not a permutation vector"),
        (
            tiled(maps=("1",)).replace("affine_map<1>", "1"),
            "attribute 'indexing_maps' failed to satisfy constraint: indexing",
        ),
        (
            tiled(iterators='"parallel"'),
            "attribute 'iterator_types' failed to satisfy constraint: Iterator type should be",
        ),
        (tiled(permutations="1"), "attribute 'permutations' failed to satisfy constraint: permutations"),
    ],
)
def test_wrong_tiled_ops_are_refused(op: str, message: str) -> None:
    assert error_of(op, TYPES).startswith(f"'iree_codegen.inner_tiled' op {message}")


def test_tiles_agree_on_how_often_they_are_run() -> None:
    op = tiled(type_="vector<3x4xf16>")
    assert "shape does not match iteration bounds" in error_of(op, "vector<3x4xf16>; vector<2x4xf32>")


def test_what_names_no_instruction_is_no_kind() -> None:
    assert "invalid kind of attribute specified" in error_of(tiled(kind='"x"'), TYPES)


def test_the_first_of_the_dimensions_that_share_the_last_one_is_that_one() -> None:
    written = "scf.forall (%arg0) in (1) {\n} {mapping = [#iree_codegen.workgroup_mapping<z:0>]}"
    assert reprinted(written) == written.replace("z:0", "z")
