"""Where results go: files, as `iree-run-module` writes them, and comparisons with what was expected."""

from typing import Any, Final

import numpy as np

from iree_explorer.errors import InputError
from iree_explorer.execution.values.elements import Element, pack, spell
from iree_explorer.execution.values.text import Ignored, element_of_dtype, format_array, format_number, numbers
from iree_explorer.files import whole_file

# IREE: runtime/src/iree/tooling/comparison.cc, the defaults of --expected_*.
_ATOL: Final = {"f16": 1e-3, "f32": 1e-4, "f64": 1e-4, "bf16": 1e-2}
_RTOL: Final = 1e-5


def require_target(target: str) -> None:
    """Refuses what `write_output` writes to no file.

    Raises:
        InputError: the target is not of the form `@FILE` or `+FILE`.
    """
    if target[:1] not in ("@", "+") or len(target) == 1:
        raise InputError(f"an output is @FILE, +FILE, - or nothing, not '{target}'")


def write_output(target: str, value: Any, element: Element | None) -> None:
    """Writes a result to a file.

    Args:
        target: `@x.npy` makes a file, `+x.npy` adds to one; any other ending gets the bytes alone.
        value: an array or a numpy scalar.
        element: its type; None takes the one of numpy's dtype.

    Raises:
        InputError: the target is of another form, or the file cannot be written.
        BrokenPipeError: as `whole_file`.
    """
    require_target(target)
    mark, path = target[0], target[1:]
    array = np.asarray(value)
    with whole_file(path, appends=mark == "+") as file:
        if path.endswith(".npy"):
            # Numpy reads back no names of types that are not its own, only widths.
            np.save(file, array if array.dtype.isbuiltin == 1 else array.view(f"V{array.dtype.itemsize}"))
        else:
            file.write(pack(array, element or element_of_dtype(array.dtype)).tobytes())


def mismatch(number: int, value: Any, element: Element | None, expected: Any) -> str:
    """How a result differs from what was expected, empty where it does not; floats may differ a little, as in `iree-run-module`.

    Args:
        number: of the result.
        value: an array or a numpy scalar.
        element: its type; None takes the one of numpy's dtype.
        expected: an array, a Python number, or `IGNORED`.
    """
    if isinstance(expected, Ignored):
        return ""
    have, want = np.asarray(value), np.asarray(expected)
    element = element or element_of_dtype(have.dtype)
    if not isinstance(expected, np.ndarray):
        try:
            want = numbers(expected, element).astype(have.dtype)
        except (TypeError, ValueError) as error:
            return f"[FAILED] result[{number}]: the value is {spell(have.shape, element)}: {error}"
    if have.shape != want.shape or have.dtype != want.dtype:
        wanted = spell(want.shape, element_of_dtype(want.dtype))
        return f"[FAILED] result[{number}]: the value is {spell(have.shape, element)}, expected {wanted}"
    different = _different(have.reshape(-1), want.reshape(-1), element)
    if not different.any():
        return ""
    place = int(np.argmax(different))
    found, wished = (format_number(array.reshape(-1)[place], element) for array in (have, want))
    if have.ndim == 0:
        return f"[FAILED] result[{number}]: {element.name} values differ\n  expected: {wished}\n  actual: {found}"
    return (
        f"[FAILED] result[{number}]: element at index {place} ({found}) does not match the expected ({wished})\n"
        f"  expected:\n{format_array(want, element)}\n  actual:\n{format_array(have, element)}"
    )


def _different(have: Any, want: Any, element: Element) -> Any:
    atol = _ATOL.get(element.name)
    if atol is None:
        return have != want
    a, b = have.astype(np.float64), want.astype(np.float64)
    with np.errstate(all="ignore"):
        close = np.abs(a - b) <= atol + _RTOL * np.abs(b)
    return ~(close | (a == b) | (np.isnan(a) & np.isnan(b)))
