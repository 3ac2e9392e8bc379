"""Parts of attributes, in the attributes that have them."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse


@pytest.mark.parametrize(
    ("attribute", "place", "message"),
    [
        ("#hal.device.alias<a>", 18, "expected attribute value"),
        ("#hal.device.alias<1>", 18, "invalid kind of attribute specified"),
        ('#hal.device.alias<"a", [1]>', 23, "invalid kind of attribute specified"),
        ("#hal.device.fallback<@a::@b>", 21, "invalid kind of attribute specified"),
        ("#hal.device.ordinal<9223372036854775808>", 20, "integer value too large"),
        ("#util.byte_range<0, -9223372036854775809>", 20, "integer value too large"),
        ("#stream.collective<1 : f32>", 19, "expected keyword for valid CollectiveKind"),
        (
            "#hal.pipeline.binding<texture>",
            22,
            "expected one of [uniform_buffer, storage_buffer] for valid DescriptorType, got: texture",
        ),
        ("#hal.abi.convention<1>", 20, "expected keyword for Execution model for function invocation"),
        (
            "#hal.abi.convention<late>",
            20,
            "expected one of [synchronous, coarse_fences] for Execution model for function invocation, got: late",
        ),
        ("#stream.partitioning_config<favor-speed>", 28, "expected string"),
        ('#stream.partitioning_config<"speed">', 8, "unknown favor value: speed"),
        ("#hal.descriptor_type<7>", 21, "expected valid keyword or string"),
        (
            '#hal.descriptor_type<"texture">',
            21,
            "expected ::mlir::iree_compiler::IREE::HAL::DescriptorType to be one of: uniform_buffer, storage_buffer",
        ),
        (
            '#hal.pipeline.binding<storage_buffer, "ReadOnly|Odd">',
            38,
            "expected one of [None, ReadOnly, Indirect] for valid Descriptor flags, got: ReadOnly|Odd",
        ),
    ],
)
def test_a_wrong_part_is_refused_at_its_place(attribute: str, place: int, message: str) -> None:
    text = f"module attributes {{util.a = {attribute}}} {{}}"
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert caught.value.location is not None
    assert (caught.value.location.column - text.index("#") - 1, caught.value.message) == (place, message)
