"""What users hand over as parameters."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from iree_explorer.errors import InputError
from iree_explorer.execution.parameters.files import bytes_of, open_parameters
from iree_explorer.execution.parameters.parameter import Parameter, Parameters, key_of, spell

ParameterSource: TypeAlias = Mapping[str, Any] | str | os.PathLike[str] | Parameters
"""By scope: a file, a mapping of keys to arrays (or `Parameter`s), or a sequence of these, the later ones winning.
A file alone is the scope without a name, `""`."""


def parameters_of(source: ParameterSource | None) -> Parameters:
    """The parameters that a user gives.

    Raises:
        InputError: a file cannot be read, or something is no parameter.
    """
    if source is None:
        return Parameters()
    if isinstance(source, Parameters):
        return source
    scopes = source if isinstance(source, Mapping) else {"": source}
    return Parameters({key_of(scope): _scope(scope, given) for scope, given in scopes.items()})


def _scope(scope: str, given: Any) -> dict[str, Parameter]:
    if isinstance(given, str | os.PathLike):
        return open_parameters(given)
    if isinstance(given, Mapping):
        return {key_of(key): _parameter(scope, key, value) for key, value in given.items()}
    if isinstance(given, Sequence):
        return {key: value for part in given for key, value in _scope(scope, part).items()}
    raise InputError(
        f"parameters of scope '{scope}' are a file or a mapping of keys to arrays, not {type(given).__name__}"
    )


def _parameter(scope: str, key: str, value: Any) -> Parameter:
    if isinstance(value, Parameter):
        return value
    try:
        return bytes_of(value)
    except (InputError, ValueError) as error:
        raise InputError(f"parameter '{spell(scope, key)}': {error}") from None
