"""What the messages of the page ask for: programs, options, inputs."""

from __future__ import annotations

import os
from dataclasses import asdict, fields
from typing import Any, TypeAlias

from iree_explorer import samples
from iree_explorer.errors import InputError
from iree_explorer.exploration import Exploration
from iree_explorer.frontends import is_url, load, load_text, read_named
from iree_explorer.partitioning.config import DEFAULT_PARTITIONER, SCOPES, scopes_named
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.syntax import Module

Message: TypeAlias = dict[str, Any]

OPTIONS = tuple(field.name for field in fields(ScheduleOptions))


def module_at(source: str, *, allow_unregistered: bool) -> Module:
    """The program at a path or a URL.

    Raises:
        SourceError: it is broken.
        InputError: there is none.
    """
    if not source or "\n" in source:
        raise InputError("a path or an https:// URL is one line")
    # Not Path.expanduser, which raises where there is no such user.
    name, text = read_named(source if is_url(source) else os.path.expanduser(source))  # noqa: PTH111 (see above)
    return load_text(text, name, allow_unregistered=allow_unregistered)


def sample_named(name: str) -> Module:
    """A sample.

    Raises:
        InputError: none is called so.
    """
    sample = samples.find(name)
    if sample is None:
        meant = samples.nearest(name)
        raise InputError(f"no sample is called {name!r}" + (f"; did you mean {meant!r}?" if meant else ""))
    return load(sample)


def option_values(exploration: Exploration) -> dict[str, Any]:
    """The trait `options`."""
    values = asdict(exploration.options)
    return {**values, "passes": list(values["passes"])}


def known_options(values: dict[str, Any]) -> Message:
    """The values as a `schedule` message has them.

    Raises:
        InputError: there is no such option.
    """
    for name in values:
        if name not in OPTIONS:
            raise InputError(f"no option is called {name!r}; there are {', '.join(OPTIONS)}")
    return {**values, "passes": list(scopes_named(values["passes"]))}


def options_of(message: Message) -> dict[str, Any]:
    """The options that a `schedule` message asks for; unknown names are told of later."""
    passes: Any = message.get("passes")
    chosen = passes if isinstance(passes, list) else list(SCOPES)
    return {
        "favor": str(message["favor"]) if message.get("favor") else None,
        "passes": tuple(str(name) for name in chosen),
        "execution": str(message.get("execution") or DEFAULT_PARTITIONER),
        "concurrency": str(message.get("concurrency") or DEFAULT_PARTITIONER),
    }


def input_texts(message: Message) -> list[str]:
    """The inputs that a message gives."""
    inputs: Any = message.get("inputs")
    return [str(text) for text in inputs] if isinstance(inputs, list) else []
