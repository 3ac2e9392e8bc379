"""Arrays and numbers of the notebook, which inputs of a run may name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from IPython.core.getipython import get_ipython

from iree_explorer.errors import InputError
from iree_explorer.execution.values.elements import spell
from iree_explorer.execution.values.text import element_of_dtype

MOST = 200
"""Names that the page is told."""


def notebook_variables() -> dict[str, Any]:
    """The arrays and numbers of the notebook by name, latest first; nothing outside of one. Names with `_` in front are left out."""
    shell = get_ipython()
    names: Mapping[str, Any] = {} if shell is None else shell.user_ns
    found = {name: value for name, value in names.items() if not name.startswith("_") and _is_number(value)}
    return dict(reversed(found.items()))


def _is_number(value: object) -> bool:
    is_array = isinstance(value, np.ndarray | np.generic)
    return is_array or (isinstance(value, int | float | complex) and not isinstance(value, bool))


def type_words(value: Any) -> str:
    """The type as signatures have it, such as `4x16xf32`; numpy's name where IREE has no such type."""
    array = np.asarray(value)
    try:
        return spell(array.shape, element_of_dtype(array.dtype))
    except InputError:
        return "x".join([*map(str, array.shape), str(array.dtype)])
