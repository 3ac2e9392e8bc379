"""Ops of `iree_linalg_ext` for Winograd's convolution.

Source of all facts: IREE LinalgExtOps.td; of the rules: the ops' verify in LinalgExtOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, IntegerAttr, i64
from xdsl.ir import SSAValue
from xdsl.irdl import AnyAttr, operand_def, prop_def, var_result_def
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.iree_linalg_ext.base import LinalgExtOp
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import ANY_SHAPED, are_compatible_shapes, element_type, shape_of

_SIZE = IntegerAttr.constr(type=i64)
_INDEX_ARRAY = DenseArrayBase.constr(i64)
_FORMAT = (
    "attr-dict `output_tile_size` `(` $output_tile_size `)` `kernel_size` `(` $kernel_size `)` "
    "`{0}` `(` ${0} `)` `ins` `(` $input `:` type($input) `)` `outs` `(` $output `:` type($output) `)` "
    "(`->` type($result)^)?"
)
_NHWC, _NCHW = (1, 2), (2, 3)
_HWCF, _FCHW = (0, 1), (2, 3)


class WinogradOp(LinalgExtOp):
    """One of the transforms of Winograd's convolution, from `input` to `output`."""

    input = operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    output_tile_size = prop_def(_SIZE)
    kernel_size = prop_def(_SIZE)
    result = var_result_def(AnyAttr())

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.operands[1:]

    def number(self, name: str) -> int:
        """The value of an integer property."""
        attribute = self.properties[name]
        assert isinstance(attribute, IntegerAttr)
        return attribute.value.data

    @property
    def input_tile_size(self) -> int:
        """The length of both sides of a tile of the input."""
        return self.number("output_tile_size") + self.number("kernel_size") - 1

    def dimensions(self, kind: str) -> tuple[int, ...]:
        """The dimensions of the `image` or of the `kernel`."""
        attribute = self.properties[f"{kind}_dimensions"]
        assert isinstance(attribute, DenseArrayBase)
        return tuple(int(number) for number in attribute.get_values())

    def shapes(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The shapes of the input and of the output."""
        first, second = (shape_of(value.type) or () for value in self.operands[:2])
        return first, second

    def verify_elements(self) -> None:
        """Checks that input and output have the same elements."""
        first, second = (element_type(value.type) for value in self.operands[:2])
        if first != second:
            raise VerifyException("expected input/output element types to be identical")

    def verify_square(self, shape: Sequence[int], size: int, rule: str) -> None:
        """Checks that both sides of a single tile, or of the kernel, are of this length."""
        if not are_compatible_shapes((size, size), shape):
            raise VerifyException(f"expected {rule} if input is of rank 2")

    def verify_rank(self, rank: int) -> None:
        """Checks that the input has 2 dimensions, as the output then, or `rank` of them."""
        shape, output = self.shapes()
        if len(shape) not in (2, rank):
            raise VerifyException(f"expected input operand to have rank either 2 or {rank}")
        if len(shape) == 2 and len(output) != 2:
            raise VerifyException("expected output operand to have rank 2 if input is of rank 2")

    def verify_dimensions(self, kind: str, *layouts: tuple[int, int]) -> None:
        """Checks that the dimensions of the `image` or of the `kernel` are those of one of the layouts."""
        dimensions = self.dimensions(kind)
        if len(dimensions) != 2:
            raise VerifyException(f"expected only 2 {kind} dimensions")
        if dimensions not in layouts:
            either = " or ".join(str(list(layout)) for layout in layouts)
            raise VerifyException(f"expect {kind} dimensions to be either {either}")

    def verify_output(self, shape: Sequence[int]) -> None:
        """Checks the shape of the output."""
        if not are_compatible_shapes(shape, self.shapes()[1]):
            raise VerifyException("incompatible output shape")


def _channels_last(shape: Sequence[int]) -> list[int]:
    """`[t, t, n, c, h, w]` as `[t, t, n, h, w, c]`."""
    return [*shape[:3], *shape[4:], shape[3]]


def _channels_first(shape: Sequence[int]) -> list[int]:
    """`[t, t, n, h, w, c]` as `[t, t, n, c, h, w]`."""
    return [*shape[:3], shape[5], *shape[3:5]]


@irdl_op_definition
class WinogradInputTransformOp(WinogradOp):
    """Image to tiles."""

    name = "iree_linalg_ext.winograd.input_transform"
    image_dimensions = prop_def(_INDEX_ARRAY)
    assembly_format = _FORMAT.format("image_dimensions")

    @override
    def verify_rules(self) -> None:
        self.verify_elements()
        self.verify_rank(4)
        shape, output = self.shapes()
        tile = self.input_tile_size
        if len(shape) == 2:
            if any(size > tile for size in shape):
                raise VerifyException("expected input dims not greater than input tile size if input is of rank 2")
            self.verify_square(output, tile, "output dims equal to inputTileSize")
            return
        if len(output) != len(shape) + 2:
            raise VerifyException("expected output rank to be equal to input rank + 2")
        self.verify_dimensions("image", _NHWC, _NCHW)
        image = self.dimensions("image")
        wanted = [tile, tile, *(self._tiles(size) if dim in image else size for dim, size in enumerate(shape))]
        self.verify_output(_channels_last(wanted) if image == _NCHW else wanted)

    def _tiles(self, size: int) -> int:
        """How many tiles a side of the image takes."""
        if size == DYNAMIC_INDEX:
            return size
        return -(-(size - self.number("kernel_size") + 1) // self.number("output_tile_size"))


@irdl_op_definition
class WinogradFilterTransformOp(WinogradOp):
    """Filter to tiles."""

    name = "iree_linalg_ext.winograd.filter_transform"
    kernel_dimensions = prop_def(_INDEX_ARRAY)
    assembly_format = _FORMAT.format("kernel_dimensions")

    @override
    def verify_rules(self) -> None:
        self.verify_elements()
        self.verify_rank(4)
        shape, output = self.shapes()
        size, tile = self.number("kernel_size"), self.input_tile_size
        if len(shape) == 2:
            self.verify_square(shape, size, "input dims to be equal to kernel size")
            self.verify_square(output, tile, "output dims equal to input tile size")
            return
        if len(output) != len(shape):
            raise VerifyException("expected output rank to be equal to input rank")
        self.verify_dimensions("kernel", _HWCF, _FCHW)
        kernel = self.dimensions("kernel")
        if any(shape[dim] != size for dim in kernel):
            raise VerifyException("expect all kernel dimensions to have the kernel size")
        channels = [length for dim, length in enumerate(shape) if dim not in kernel]
        self.verify_output((tile, tile, *(reversed(channels) if kernel == _FCHW else channels)))


@irdl_op_definition
class WinogradOutputTransformOp(WinogradOp):
    """Tiles to image."""

    name = "iree_linalg_ext.winograd.output_transform"
    image_dimensions = prop_def(_INDEX_ARRAY)
    assembly_format = _FORMAT.format("image_dimensions")

    @override
    def verify_rules(self) -> None:
        self.verify_rank(6)
        shape, output = self.shapes()
        size, tile = self.number("output_tile_size"), self.input_tile_size
        if len(shape) == 2:
            self.verify_square(shape, tile, "input dims to be equal to input tile size")
            self.verify_square(output, size, "output dims equal to output tile size")
            return
        self.verify_elements()
        if len(output) != len(shape) - 2:
            raise VerifyException("expected output rank to be equal to input rank - 2")
        self.verify_dimensions("image", _NHWC, _NCHW)
        image = self.dimensions("image")
        tiles = (_channels_first(shape) if image == _NCHW else shape)[2:]
        is_scaled = [dim in image and count != DYNAMIC_INDEX for dim, count in enumerate(tiles)]
        self.verify_output([count * size if scaled else count for count, scaled in zip(tiles, is_scaled, strict=True)])
