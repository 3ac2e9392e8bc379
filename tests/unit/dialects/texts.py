"""Small functions as text: what stands in their bodies must print back as it was written."""

from __future__ import annotations

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module


def function(body: str, arguments: str = "") -> str:
    """A module of one function with the given body, indented as iree-opt prints it; arguments are types, named in order."""
    types = [part for part in arguments.split(";") if part]
    signature = ", ".join(f"%arg{index}: {type_.strip()}" for index, type_ in enumerate(types))
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"module {{\n  func.func @f({signature}) {{\n{lines}    return\n  }}\n}}\n"


def assert_round_trips(body: str, arguments: str = "", aliases: str = "") -> None:
    """The body prints back as it stands."""
    text = aliases + function(body, arguments)
    assert print_module(parse(text).op) == text


def reprinted(body: str, arguments: str = "") -> str:
    """The body as it prints."""
    printed = print_module(parse(function(body, arguments)).op)
    lines = printed.splitlines()[2:-3]
    return "\n".join(line.removeprefix("    ") for line in lines)


def error_of(body: str, arguments: str = "") -> str:
    """The first line of the message with which the body is refused, without its place."""
    with pytest.raises(SourceError) as caught:
        parse(function(body, arguments), "body.mlir")
    return str(caught.value).splitlines()[0].partition(": error: ")[2]
