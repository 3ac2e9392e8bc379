"""Dialects whose modules are imported for what a text needs."""

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest
from xdsl.ir import Attribute, Dialect, Operation, TypeAttribute

from iree_explorer.dialects import arith, hal, make_context, stream, util
from iree_explorer.ir.late_dialect import LateContext, LateDialect

PACKAGES = {"stream": stream, "hal": hal, "util": util, "arith": arith}
DIALECTS = pytest.mark.parametrize(
    "dialect", [stream.Stream, hal.HAL, util.Util, arith.Arith], ids=lambda dialect: dialect.name
)


def _defined(dialect: LateDialect, kind: type) -> set[type]:
    """The classes of a kind, with names of the dialect, that the modules of its package define."""
    path, package = PACKAGES[dialect.name].__path__, PACKAGES[dialect.name].__name__
    modules = [import_module(f"{package}.{module.name}") for module in pkgutil.iter_modules(path)]
    classes = [cls for module in modules for cls in vars(module).values() if isinstance(cls, type)]
    named = {cls: vars(cls).get("name") for cls in classes if issubclass(cls, kind)}
    return {cls for cls, name in named.items() if isinstance(name, str) and name.startswith(f"{dialect.name}.")}


@DIALECTS
def test_every_op_that_a_module_defines_is_known_once(dialect: LateDialect) -> None:
    operations = list(dialect.operations)
    assert set(operations) == _defined(dialect, Operation)
    assert len(operations) == len({op.name for op in operations})


@DIALECTS
def test_every_attribute_and_type_that_a_module_defines_is_known_once(dialect: LateDialect) -> None:
    attributes = list(dialect.attributes)
    assert set(attributes) == _defined(dialect, Attribute)
    assert len(attributes) == len({(kind.name, issubclass(kind, TypeAttribute)) for kind in attributes})


@DIALECTS
def test_what_is_known_is_found_by_name(dialect: LateDialect) -> None:
    context = make_context()
    for op in dialect.operations:
        assert context.get_op(op.name) is op
    for kind in dialect.attributes:
        assert (context.get_type if issubclass(kind, TypeAttribute) else context.get_attr)(kind.name) is kind


def test_an_attribute_and_a_type_of_one_name_are_two() -> None:
    context = make_context()
    attribute, kind = context.get_attr("stream.timepoint"), context.get_type("stream.timepoint")
    assert not issubclass(attribute, TypeAttribute)
    assert issubclass(kind, TypeAttribute)


def test_other_names_are_unknown() -> None:
    context = make_context()
    assert context.get_optional_op("stream.nothing") is None
    assert context.get_optional_op("stream.timepoint") is None
    assert context.get_optional_type("stream.nothing") is None
    assert context.get_optional_type("stream.partitioning_config") is None
    assert context.get_optional_attr("stream.resource") is None
    assert context.get_optional_op("stream") is None


def test_unknown_names_are_kept_where_they_are_allowed() -> None:
    context = make_context(allow_unregistered=True)
    assert context.get_op("stream.nothing").name != "stream.nothing"  # xDSL's stand-in for any op
    assert context.get_optional_op("stream.yield") is not None


def test_dialects_of_xdsl_are_loaded_whole() -> None:
    context = LateContext()
    context.register_dialect("d", lambda: Dialect("d"))
    context.load_registered_dialect("d")
    assert [dialect.name for dialect in context.loaded_dialects] == ["d"]


def test_an_op_brings_its_own_module_alone() -> None:
    code = (
        "import sys; from iree_explorer.dialects import make_context; make_context().get_op('hal.fence.await')\n"
        "ours = 'iree_explorer.dialects.hal.'\n"
        "print([name.removeprefix(ours) for name in sys.modules if name.startswith(ours)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['bit_fields', 'types', 'fence_ops']"
