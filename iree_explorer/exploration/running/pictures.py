"""Small pictures of a result: a histogram of its numbers, and an image where it has rows and columns."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

BINS = 24
MOST_PIXELS = 128
"""Pixels along either side of an image; of a larger array every n-th row and column is shown."""
LEAST_PIXELS = 4
"""Rows and columns of an array that looks like an image."""
_CHANNELS = (3, 4)

Json = dict[str, Any]


def histogram(array: np.ndarray[Any, Any]) -> Json | None:
    """`{"counts": [...], "low": x, "high": y}` of the finite numbers, all bins of one width; None: fewer than two differ."""
    import numpy as np

    numbers = _numbers(array)
    if numbers is None or numbers.size < 2:
        return None
    low, high = float(numbers.min()), float(numbers.max())
    if not low < high or not np.isfinite(high - low):
        return None
    counts, _ = np.histogram(numbers, BINS, (low, high))
    return {"counts": counts.tolist(), "low": low, "high": high}


def image(array: np.ndarray[Any, Any]) -> Json | None:
    """`{"png": base64, "width": w, "height": h}` of the first image in an array; None: it looks like none.

    The last two dimensions are rows and columns, or the last three rows, columns and channels (3 or 4); of what
    stands before, the first is shown. The smallest number is black, the largest white.
    """
    import numpy as np

    planes = _planes(array)
    if planes is None:
        return None
    height, width = planes.shape[:2]
    planes = planes[:: -(-height // MOST_PIXELS), :: -(-width // MOST_PIXELS)]
    numbers = planes.astype(np.float64)
    finite = numbers[np.isfinite(numbers)]
    if not finite.size:
        return None
    low, high = float(finite.min()), float(finite.max())
    scale = 255 / (high - low) if np.isfinite(high - low) and high > low else 0.0
    shown = np.nan_to_num(numbers, nan=low, posinf=high, neginf=low)
    pixels = np.clip((shown - low) * scale, 0, 255).astype(np.uint8)
    data = base64.b64encode(png(pixels)).decode("ascii")
    return {"png": data, "width": pixels.shape[1], "height": pixels.shape[0]}


def png(pixels: np.ndarray[Any, Any]) -> bytes:
    """A PNG file of pixels `(height, width)` in grey or `(height, width, 3 or 4)` in colour, of uint8."""
    height, width = pixels.shape[:2]
    kind = 0 if pixels.ndim == 2 else {3: 2, 4: 6}[pixels.shape[2]]
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _numbers(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | None:
    """The finite numbers of an array in one dimension; None where they are no real numbers."""
    import numpy as np

    if array.dtype.kind not in "fiubV" or array.dtype.names:
        return None
    try:
        numbers = array.astype(np.float64).reshape(-1)
    except (TypeError, ValueError):
        return None
    return numbers[np.isfinite(numbers)]


def _planes(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | None:
    """The first image of an array, `(rows, columns)` or `(rows, columns, channels)`."""
    if array.ndim < 2 or _numbers(array[..., :1]) is None:
        return None
    colour = array.ndim >= 3 and array.shape[-1] in _CHANNELS and array.shape[-2] >= LEAST_PIXELS
    while array.ndim > (3 if colour else 2):
        if not array.shape[0]:
            return None
        array = array[0]
    return array if min(array.shape[:2]) >= LEAST_PIXELS else None
