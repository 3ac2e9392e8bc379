"""What users write and read: inputs and results in the syntax of `iree-run-module`, signatures as `4x16xf32`."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from typing_extensions import override

from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution.values.elements import DYNAMIC, Array, Element, element_named, scalar, spell
from iree_explorer.execution.values.files import MARKS, ValueFiles, reason_of

_TYPE = re.compile(r"(?P<shape>(?:(?:\d+|\?)x)*)(?P<element>[a-zA-Z]\w*(?:<\w+>)?)")
MOST_ELEMENTS = 1024


@dataclass(frozen=True, slots=True)
class ValueType:
    """The type of an argument or result as users write it.

    Attributes:
        shape: `DYNAMIC` for a dimension known at run time; None for a scalar that is no tensor.
        element: its type; None for values that are neither (a buffer, a fence).
        name: what is neither, as MLIR writes it.
    """

    shape: tuple[int, ...] | None
    element: Element | None
    name: str = ""

    @override
    def __str__(self) -> str:
        if self.element is None:
            return self.name
        return spell(self.shape or (), self.element)

    def example(self) -> str:
        """An input of the type as `parse_input` takes it: ones; dimensions that are known at run time are 4."""
        if self.element is None:
            return "4xf32=1"
        if self.shape is None:
            return "1"
        return f"{spell(tuple(4 if size == DYNAMIC else size for size in self.shape), self.element)}=1"

    @override
    def __repr__(self) -> str:
        return f"<ValueType {self}>"


def parse_type(text: str) -> ValueType:
    """`4x16xf32`, or a scalar type.

    Raises:
        InputError: it is neither.
    """
    found = _TYPE.fullmatch(text.strip())
    if found is None:
        raise InputError(f"'{text}' is no type: write it like 4x16xf32")
    try:
        shape = tuple(DYNAMIC if size == "?" else int(size) for size in found["shape"].split("x")[:-1])
        element = element_named(found["element"])
    except (ExecutionError, ValueError) as error:
        raise InputError(str(error)) from error
    return ValueType(shape, element)


class Ignored:
    """A result that nobody expects anything of."""


IGNORED: Final = Ignored()


def parse_input(text: str) -> Any:
    """One input as `iree-run-module` takes it: an array, or a Python number where the text has no type.

    `4x16xf32=1 2 3`, brackets and commas as one likes, one value for all elements, none for zeros; `f32=1.5` is a tensor of
    rank 0; `3` and `2.5` are scalars; `@x.npy` reads a file, `4xf32=@x.bin` raw bytes.

    Raises:
        InputError: it is none of these.
    """
    with ValueFiles() as files:
        values = _parse(text.strip(), files)
    if len(values) != 1:
        raise InputError(f"'{text}' is {len(values)} values, not one")
    return values[0]


def parse_inputs(texts: Sequence[str], kind: str = "input") -> list[Any]:
    """Several inputs in the syntax of `parse_input`.

    `+` in place of `@` goes on where the last input from the file ended, `*x.npy` is all that is left there; `(ignored)` is
    `IGNORED`.

    Args:
        texts: one for each input, or for several where it is `*x.npy`.
        kind: what an error calls one of them.

    Raises:
        InputError: one is not of that syntax; it tells which, counting texts from 0.
    """
    values: list[Any] = []
    with ValueFiles() as files:
        for number, text in enumerate(texts):
            try:
                values += _parse(text.strip(), files)
            except InputError as error:
                raise InputError(f"{kind} {number}: {error.message}", error.location) from error
    return values


def _parse(text: str, files: ValueFiles) -> list[Any]:
    if text.startswith(MARKS):
        return [*files.arrays(text)]
    if text == "(ignored)":
        return [IGNORED]
    name, equals, values = text.lstrip("&").partition("=")
    if not equals and _TYPE.fullmatch(name.strip()) is None:
        return [_number(text, text)]
    type_ = parse_type(name)
    assert type_.shape is not None
    assert type_.element is not None
    if DYNAMIC in type_.shape:
        raise InputError(f"'{text}': an input has no dynamic dimensions")
    if values.strip().startswith(MARKS[:2]):
        return [files.raw(values.strip(), type_.shape, type_.element)]
    return [_array_of(values, type_.shape, type_.element, text)]


def _array_of(values: str, shape: tuple[int, ...], element: Element, text: str) -> Array:
    count = math.prod(shape)
    words = re.sub(r"[\[\],]", " ", values).split()
    if len(words) not in (0, 1, count):
        raise InputError(f"'{text[:60]}': {len(words)} values for {count} elements")
    numbers = [_scalar(word, element, text) for word in words]
    try:
        if not numbers:
            return np.zeros(shape, element.dtype)
        return np.full(shape, numbers[0]) if len(numbers) == 1 else np.array(numbers, element.dtype).reshape(shape)
    except (MemoryError, OverflowError, ValueError) as error:
        raise InputError(f"'{text[:60]}' cannot be made: {reason_of(error)}") from None


def _scalar(word: str, element: Element, text: str) -> Any:
    try:
        return scalar(_number(word, text), element)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"'{text[:60]}': '{word}' is no {element.name}") from None


_READERS: tuple[Callable[[str], Any], ...] = (lambda word: int(word, 0), float, complex)


def _number(word: str, text: str) -> Any:
    for read in _READERS:
        try:
            return read(word)
        except ValueError:
            continue
    if word in ("true", "false"):
        return word == "true"
    raise InputError(f"'{text[:60]}': '{word}' is no number")


# Results


def format_result(number: int, value: Any, element: Element | None, most: int = MOST_ELEMENTS) -> str:
    """A result as `iree-run-module` prints it, without the line's end.

    Args:
        number: of the result.
        value: an array of rank 0 and more, or a numpy scalar.
        element: its type; None takes the one of numpy's dtype.
        most: elements that are shown of an array.
    """
    element = element or element_of_dtype(np.asarray(value).dtype)
    if isinstance(value, np.ndarray):
        return f"result[{number}]: hal.buffer_view\n{format_array(value, element, most)}"
    return f"result[{number}]: {element.name}={format_number(value, element)}"


def format_array(array: Array, element: Element, most: int = MOST_ELEMENTS) -> str:
    """`2x2xf32=[1 2][3 4]`; of very many elements the first, then `...`."""
    left = [most]
    return f"{spell(array.shape, element)}={_format_rows(array, element, left)}"


def _format_rows(array: Array, element: Element, left: list[int]) -> str:
    if array.ndim == 0:
        left[0] -= 1
        return format_number(array[()], element)
    if array.ndim == 1:
        words = [format_number(value, element) for value in array[: max(left[0], 0)]]
        cut = len(words) < len(array)
        left[0] -= len(words)
        return " ".join(words) + ("..." if cut else "")
    rows: list[str] = []
    for row in array:
        if left[0] <= 0:
            rows.append("...")
            break
        rows.append(f"[{_format_rows(row, element, left)}]")
    return "".join(rows)


def format_number(value: Any, element: Element) -> str:
    """A number as C's `%G` (six digits), an integer in full, a complex number as `(re,im)`, `i1` as a hexadecimal byte."""
    if element.kind == "complex":
        part = element_named("f32")
        return f"({format_number(value.real, part)},{format_number(value.imag, part)})"
    if element.is_float:
        return f"{float(value):G}"
    if element.bits == 1:
        return f"{int(value):02X}"
    return str(int(value))


_BY_DTYPE = {
    element_named(name).dtype: element_named(name)
    for name in (
        *("i1", "i8", "i16", "i32", "i64", "ui8", "ui16", "ui32", "ui64"),
        *("f16", "bf16", "f32", "f64", "complex<f32>", "complex<f64>"),
        *("f8E5M2", "f8E4M3FN", "f8E5M2FNUZ", "f8E4M3FNUZ", "f8E8M0FNU", "f4E2M1FN"),
    )
}


def element_of_dtype(dtype: np.dtype[Any]) -> Element:
    """The element type of a numpy dtype; signed integers count as signless.

    Raises:
        InputError: IREE has no such type.
    """
    found = _BY_DTYPE.get(dtype)
    if found is None:
        raise InputError(f"arrays of {dtype} are not supported")
    return found


# Signatures

_DECLARATION = re.compile(r"func @\S+?\((?P<inputs>.*)\) -> \((?P<outputs>.*)\)", re.DOTALL)
_TENSOR = r"tensor<(?:[^<>]|<[^<>]*>)*>"
_ENTRY = re.compile(rf"%\w+: (?P<type>{_TENSOR}|[^,{{]+)(?P<attributes>\s*\{{[^}}]*\}})?")
_ENCODING = re.compile(rf"iree\.abi\.encoding = (?P<type>{_TENSOR})")
"""What the source called a type of which the compiler has kept the bits alone, as of an unsigned integer."""


def parse_declaration(text: str) -> tuple[list[ValueType], list[ValueType]] | None:
    """Arguments and results of an `iree.abi.declaration`; None where the text is of another form."""
    found = _DECLARATION.search(text)
    if found is None:
        return None
    return _entries(found["inputs"]), _entries(found["outputs"])


def _entries(text: str) -> list[ValueType]:
    entries = ((_ENCODING.search(entry["attributes"] or ""), entry["type"]) for entry in _ENTRY.finditer(text))
    return [type_of_text(type_.strip() if encoding is None else encoding["type"]) for encoding, type_ in entries]


@lru_cache(maxsize=1024)
def type_of_text(text: str) -> ValueType:
    """An MLIR type: a tensor, a scalar, or anything else by its name."""
    if text.startswith("tensor<"):
        return parse_type(text[7:-1].split(",")[0])
    try:
        return ValueType(None, element_named(text))
    except (ExecutionError, ValueError):
        return ValueType(None, None, text)


def convert_input(value: Any, type_: ValueType, number: int, function: str) -> Any:
    """An input as the function takes it: an array of the element's dtype, or a numpy scalar.

    Raises:
        InputError: it has another shape or element type, or the value is no number, or a text that `parse_input` refuses.
    """
    if isinstance(value, str):
        try:
            value = parse_input(value)
        except InputError as error:
            raise InputError(f"input {number} of @{function}: {error.message}", error.location) from error
    if type_.element is None:
        return value
    if type_.shape is None:
        if np.ndim(value) != 0:
            raise InputError(
                f"input {number} of @{function} must be one {type_}, not an array of shape {np.shape(value)}"
            )
        try:
            return scalar(numbers(value, type_.element)[()], type_.element)
        except (TypeError, ValueError, OverflowError) as error:
            raise InputError(f"input {number} of @{function} must be one {type_}: {error}") from None
    array = _typed(value, type_, number, function)
    fits = len(array.shape) == len(type_.shape)
    if not fits or any(want not in (DYNAMIC, have) for want, have in zip(type_.shape, array.shape, strict=True)):
        raise InputError(f"input {number} of @{function} must be {type_}, not {spell(array.shape, type_.element)}")
    return array


def _typed(value: Any, type_: ValueType, number: int, function: str) -> Array:
    assert type_.element is not None
    dtype = type_.element.dtype
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        array = array.astype(array.dtype.newbyteorder("="), copy=False)
        # Of types that numpy does not know itself, files of arrays keep only the width.
        is_void = array.dtype.type is np.void and array.dtype.names is None
        is_untyped = is_void or {array.dtype.kind, dtype.kind} == {"u", "i"}
        same = array.dtype == dtype or (is_untyped and array.dtype.itemsize == dtype.itemsize)
        if not same:
            raise InputError(
                f"input {number} of @{function} must be {type_}, not {_described(array)}{_hint(array, dtype)}"
            )
        return array.view(dtype) if array.dtype != dtype else array
    try:
        return numbers(value, type_.element).astype(dtype)
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError(f"input {number} of @{function} must be {type_}: {error}") from None


def numbers(value: Any, element: Element) -> Array:
    """What a user writes in Python, as an array that an element type can hold; nothing is rounded to an integer or wrapped.

    Raises:
        TypeError, ValueError: these are no numbers, or the type has none of these.
    """
    array = np.asarray(value)
    if array.dtype.kind not in "biufcV" or array.dtype.names is not None:
        raise TypeError(f"{value!r:.60} is no number")
    if array.dtype.kind == "c" and element.kind != "complex":
        raise TypeError(f"{value!r:.60} is complex")
    if element.is_integer and array.size and array.dtype.kind != "V":
        low, high = 0 if element.is_unsigned else -(1 << (element.bits - 1)), (1 << element.bits) - 1
        if array.dtype.kind == "f" and not (array == np.trunc(array)).all():
            raise ValueError(f"{value!r:.60} is no integer")
        if int(array.min()) < low or int(array.max()) > high:
            raise ValueError(f"{value!r:.60} does not fit in {element.name}")
    return array


def _hint(array: Array, dtype: np.dtype[Any]) -> str:
    """How an array of floats of another width becomes one of this: nothing is rounded unasked."""
    return f": .astype({dtype.name!r}) converts it" if array.dtype.kind == dtype.kind == "f" else ""


def _described(array: Array) -> str:
    """The type of an array as users write it; where IREE has none, in numpy's words."""
    try:
        return spell(array.shape, element_of_dtype(array.dtype))
    except InputError:
        return f"an array of shape {array.shape} and dtype {array.dtype}"
