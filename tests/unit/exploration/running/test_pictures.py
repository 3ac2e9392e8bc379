import base64
import struct
import zlib

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.exploration.running.pictures import BINS, MOST_PIXELS, histogram, image, png


def pixels(data: bytes) -> np.ndarray:
    """The pixels of a PNG of this module's plain form."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, dict[bytes, bytes]()
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + body)
        chunks[name] = body
        at += 12 + length
    width, height, depth, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert depth == 8
    channels = {0: 1, 2: 3, 6: 4}[kind]
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + width * channels)
    assert (rows[:, 0] == 0).all()
    return rows[:, 1:].reshape((height, width) if channels == 1 else (height, width, channels))


@given(st.tuples(st.integers(1, 9), st.integers(1, 9)), st.sampled_from([(), (3,), (4,)]))
def test_a_png_holds_its_pixels(size: tuple[int, int], channels: tuple[int, ...]) -> None:
    array = np.random.default_rng(0).integers(0, 256, (*size, *channels), np.uint8)
    assert (pixels(png(array)) == array).all()


def test_a_histogram_counts_the_finite_numbers() -> None:
    found = histogram(np.array([0.0, 1.0, 1.0, np.nan, np.inf]))
    assert found is not None
    assert (found["low"], found["high"], len(found["counts"])) == (0.0, 1.0, BINS)
    assert (found["counts"][0], found["counts"][-1], sum(found["counts"])) == (1, 2, 3)


@pytest.mark.parametrize(
    "array", [np.zeros(9), np.array(3.0), np.array([]), np.array([np.nan]), np.array([1 + 1j, 2])], ids=str
)
def test_there_is_no_histogram_of_numbers_that_are_all_one(array: np.ndarray) -> None:
    assert histogram(array) is None


def test_small_floats_have_pictures() -> None:
    array = np.arange(64).reshape(8, 8).astype(ml_dtypes.bfloat16)
    assert histogram(array) is not None
    assert image(array) is not None


def test_an_image_goes_from_black_to_white() -> None:
    found = image(np.linspace(-1, 1, 64).reshape(8, 8))
    assert found is not None
    shown = pixels(base64.b64decode(found["png"]))
    assert (shown[0, 0], shown[-1, -1], found["width"], found["height"]) == (0, 255, 8, 8)


@pytest.mark.parametrize(
    ("shape", "size"),
    [((28, 20), (28, 20)), ((1, 9, 7, 3), (9, 7)), ((2, 1, 6, 5), (6, 5)), ((300, 8), (100, 8))],
)
def test_the_first_image_is_shown(shape: tuple[int, ...], size: tuple[int, int]) -> None:
    found = image(np.random.default_rng(0).standard_normal(shape))
    assert found is not None
    assert (found["height"], found["width"]) == size
    assert max(size) <= MOST_PIXELS


@pytest.mark.parametrize("shape", [(9,), (2, 9), (9, 3), (0, 9, 9), (9, 0)], ids=str)
def test_what_is_no_image_is_none(shape: tuple[int, ...]) -> None:
    assert image(np.ones(shape)) is None


def test_numbers_that_are_none_are_black() -> None:
    array = np.full((4, 4), np.nan)
    assert image(array) is None
    array[0, 0], array[1, 1] = 1, np.inf
    assert image(array) is not None
