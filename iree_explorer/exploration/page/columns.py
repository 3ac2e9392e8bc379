"""Lists of like objects as tables: each key once, so that there is less to write and to read where there are many.

Any list of objects in a document's bytes may be a table, `{"#": how many, "columns": {key: column}}`, in which a column is

* a list with a value for each object;
* `{"at": numbers of the objects that have the key, ascending, "of": column of those}`, where some lack it;
* `{"lengths": a number for each object, "of": table}`, where the values are lists of objects: all of them as one table.

`rows` makes objects of tables again; the front end does the same (`model/tables.ts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, cast

Json = dict[str, Any]
Table = Json
Column = Any


def table(count: int, columns: Mapping[str, Column]) -> Table:
    """A table of `count` objects."""
    return {"#": count, "columns": dict(columns)}


def some(values: Mapping[int, Any]) -> Column:
    """A column of the values of some objects, by their number."""
    at = sorted(values)
    return {"at": at, "of": [values[number] for number in at]}


def rows(value: Any) -> Any:
    """The JSON value with objects in place of all tables."""
    if isinstance(value, list):
        inner = cast("list[Any]", value)
        return [rows(one) for one in inner] if inner and isinstance(inner[0], dict) else inner
    if not isinstance(value, dict):
        return value
    found = cast("Json", value)
    if "#" not in found:
        return {key: rows(inner) for key, inner in found.items()}
    objects: list[Json] = [{} for _ in range(found["#"])]
    for key, column in found["columns"].items():
        places, values = _spread(column)
        for number, one in zip(range(len(objects)) if places is None else places, values, strict=True):
            objects[number][key] = one
    return objects


def _spread(column: Column) -> tuple[Sequence[int] | None, Sequence[Any]]:
    """The numbers of the objects that have a value here (None: all), and the values."""
    if isinstance(column, list):
        return None, [rows(one) for one in cast("list[Any]", column)]
    found = cast("Json", column)
    if "at" in found:
        return found["at"], _spread(found["of"])[1]
    return None, list(_cut(found["lengths"], rows(found["of"])))


def _cut(lengths: Sequence[int], values: Sequence[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    return (list(islice(rest, length)) for length in lengths)
