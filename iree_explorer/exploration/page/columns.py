"""Lists of like objects as tables: each key once, so that there is less to write and to read where there are many.

Any list of objects in a document's bytes may be a table, `{"#": how many, "columns": {key: column}}`, in which a column is

* a list with a value for each object;
* `{"at": numbers of the objects that have the key, ascending, "of": column of those}`, where some lack it;
* `{"lengths": a number for each object, "of": table}`, where the values are lists of objects: all of them as one table;
* `{"later": number}`, where the column comes after the document: the one of this number in the list of those that do.

An object may come later too, as `{"later": number}` in its place; until it does it is empty.

`rows` makes objects of tables again; the front end does the same (`model/tables.ts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

Json = dict[str, Any]
Table = Json
Column = Any


class Made:
    """A value that is made when it is written, and not kept: where much is written, the whole would be held at once."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @property
    def value(self) -> Any:
        """The value, made anew."""
        return self._make()


class Later(Made):
    """A value, or a column of a table, that nobody looks at when a page opens."""


def table(count: int, columns: Mapping[str, Column]) -> Table:
    """A table of `count` objects."""
    return {"#": count, "columns": dict(columns)}


def some(values: Mapping[int, Any]) -> Column:
    """A column of the values of some objects, by their number."""
    at = sorted(values)
    return {"at": at, "of": [values[number] for number in at]}


def rows(value: Any, later: Sequence[Column] | None = None) -> Any:
    """The JSON value with objects in place of all tables.

    Args:
        value: what holds them.
        later: the columns that came after it; None: they did not come, and the objects lack what is in them.
    """
    if isinstance(value, Made):
        return rows(value.value, later)
    if isinstance(value, list):
        return [rows(one, later) for one in value] if value and isinstance(value[0], dict) else value
    if not isinstance(value, dict):
        return value
    if "later" in value:
        return {} if later is None else rows(later[value["later"]])
    if "#" not in value:
        return {key: rows(inner, later) for key, inner in value.items()}
    objects: list[Json] = [{} for _ in range(value["#"])]
    for key, column in value["columns"].items():
        places, values = _spread(_come(column, later))
        for number, one in zip(range(len(objects)) if places is None else places, values, strict=True):
            objects[number][key] = one
    return objects


def _come(column: Column, later: Sequence[Column] | None) -> Column:
    """The column itself, of one that comes later; without values, where it did not."""
    if isinstance(column, Made):
        return column.value
    if isinstance(column, dict) and "later" in column:
        return some({}) if later is None else later[column["later"]]
    return column


def _spread(column: Column) -> tuple[Sequence[int] | None, Sequence[Any]]:
    """The numbers of the objects that have a value here (None: all), and the values."""
    if isinstance(column, list):
        return None, [rows(one) for one in column]
    if "at" in column:
        return column["at"], _spread(column["of"])[1]
    return None, list(_cut(column["lengths"], rows(column["of"])))


def _cut(lengths: Sequence[int], values: Sequence[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    return (list(islice(rest, length)) for length in lengths)
