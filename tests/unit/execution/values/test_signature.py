"""Signatures: from what the source declared, else from imports and exports."""

import pytest

from iree_explorer.errors import InputError
from iree_explorer.execution import run, signature
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import Module, parse

IMPORT = "stream.tensor.import {0} : !hal.buffer_view -> tensor<{1}> in !stream.resource<external>{{%c16}}"
EXPORT = "stream.tensor.export {0} : tensor<{1}> in !stream.resource<external>{{%c16}} -> !hal.buffer_view"


def program(body: str, arguments: str = "%a: !hal.buffer_view", more: str = "", attributes: str = "") -> Module:
    return parse(f"""module {{
  util.func public @main({arguments}) -> !hal.buffer_view {attributes} {{
    %c16 = arith.constant 16 : index
{body}
  }}
{more}
}}
""")


STRAIGHT = (
    f"%0 = {IMPORT.format('%a', '4xf32')}\n%1 = {EXPORT.format('%0', '2x2xi32')}\nutil.return %1 : !hal.buffer_view"
)
BARRIERS = (
    "%b = util.optimization_barrier %a : !hal.buffer_view\n"
    f"%0 = {IMPORT.format('%b', '4xf32')}\n%1 = {EXPORT.format('%0', '2x2xi32')}\n"
    "%2 = util.optimization_barrier %1 : !hal.buffer_view\nutil.return %2 : !hal.buffer_view"
)
BRANCHES = (
    f"cf.br ^bb1(%a : !hal.buffer_view)\n^bb1(%b: !hal.buffer_view):\n%0 = {IMPORT.format('%b', '4xf32')}\n"
    f"%1 = {EXPORT.format('%0', '2x2xi32')}\n%t = arith.constant true\n"
    "cf.cond_br %t, ^bb2(%1 : !hal.buffer_view), ^bb1(%1 : !hal.buffer_view)\n"
    "^bb2(%2: !hal.buffer_view):\nutil.return %2 : !hal.buffer_view"
)
CALL = "%1 = util.call @inner(%a) : (!hal.buffer_view) -> !hal.buffer_view\nutil.return %1 : !hal.buffer_view"
CALLEE = (
    "util.func private @inner(%a: !hal.buffer_view) -> !hal.buffer_view {\n%c16 = arith.constant 16 : index\n"
    f"{STRAIGHT}\n}}"
)


@pytest.mark.parametrize(
    ("body", "more"),
    [(STRAIGHT, ""), (BARRIERS, ""), (BRANCHES, ""), (CALL, CALLEE)],
    ids=["straight", "barriers", "branches", "calls"],
)
def test_buffer_views_have_the_type_they_are_imported_and_exported_as(body: str, more: str) -> None:
    module = program(body, more=more)
    for version in (module, schedule(module).module):
        types = signature(version)
        assert [str(item) for item in types.inputs] == ["4xf32"]
        assert [str(item) for item in types.outputs] == ["2x2xi32"]


def test_a_buffer_view_that_is_only_passed_on_keeps_its_name() -> None:
    types = signature(program("util.return %a : !hal.buffer_view"))
    assert [str(item) for item in (*types.inputs, *types.outputs)] == ["!hal.buffer_view"] * 2


def test_dynamic_dimensions_scalars_and_fences() -> None:
    body = (
        "%0 = stream.tensor.import %a : !hal.buffer_view -> tensor<?x2xf16>{%n} in !stream.resource<external>{%c16}\n"
        f"%1 = {EXPORT.format('%0', '8xf16')}\nutil.return %1 : !hal.buffer_view"
    )
    types = signature(program(body, "%n: index, %a: !hal.buffer_view, %f: !hal.fence"))
    assert [str(item) for item in types.inputs] == ["index", "?x2xf16"]


@pytest.mark.parametrize(
    ("declaration", "told"),
    [
        ("(%a: tensor<8xf32>) -> (%r: tensor<9xf32>)", "(8xf32) -> (9xf32)"),
        ("() -> (%r: tensor<9xf32>)", "(4xf32) -> (2x2xi32)"),
        ("(%a: tensor<8xf32>, %b: tensor<8xf32>) -> (%r: tensor<9xf32>)", "(4xf32) -> (2x2xi32)"),
        ("(%a: tensor<8xf32>) -> ()", "(4xf32) -> (2x2xi32)"),
    ],
)
def test_a_declaration_counts_where_it_fits_the_function(declaration: str, told: str) -> None:
    attributes = f'attributes {{iree.reflection = {{iree.abi.declaration = "sync func @main{declaration}"}}}}'
    assert str(signature(program(STRAIGHT, attributes=attributes))) == told


def test_inputs_of_another_type_are_refused() -> None:
    with pytest.raises(InputError, match="input 0 of @main must be 4xf32, not 4xi32"):
        run(program(STRAIGHT), "main", "4xi32=1")
