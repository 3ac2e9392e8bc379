"""What a buffer of the module may hold at first."""

import pytest

from tests.unit.dialects.refusals import refusal


@pytest.mark.parametrize(
    ("value", "place", "message"),
    [
        ("4", (1, 36), "integer literal not valid for specified type"),
        ("-4", (1, 37), "integer literal not valid for specified type"),
        ("4.0", (1, 39), "floating point value not valid for specified type"),
    ],
)
def test_a_number_is_no_value_of_a_buffer(value: str, place: tuple[int, int], message: str) -> None:
    found_place, found = refusal(f"memref.global @g : memref<4xf32> = {value}\n")
    assert found_place == place
    assert message in found
