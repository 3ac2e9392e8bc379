import pkgutil
import subprocess
import sys

import pytest

from iree_explorer import dialects
from iree_explorer.dialects import dialect_names, make_context
from iree_explorer.dialects.builtin import ModuleOp

MET = {"arith", "builtin", "func", "hal", "linalg", "stream", "tensor", "util"}


def test_every_dialect_loads() -> None:
    context = make_context()
    for name in dialect_names():
        if name != "builtin":
            context.load_registered_dialect(name)
    assert {dialect.name for dialect in context.loaded_dialects} == set(dialect_names())
    assert set(dialect_names()) >= MET


def test_the_folder_holds_dialects_and_nothing_else() -> None:
    modules = {module.name for module in pkgutil.iter_modules(dialects.__path__)}
    assert modules <= set(dialect_names())


def test_only_builtin_is_loaded_at_first() -> None:
    context = make_context()
    assert [dialect.name for dialect in context.loaded_dialects] == ["builtin"]
    assert context.get_optional_op("builtin.module") is ModuleOp
    assert context.get_optional_op("stream.async.splat") is not None
    assert context.get_optional_op("stream.async.nothing") is None


@pytest.mark.parametrize("allowed", [True, False])
def test_unknown_ops(allowed: bool) -> None:
    context = make_context(allow_unregistered=allowed)
    assert context.allow_unregistered == allowed
    assert (context.get_optional_op("un.known") is not None) == allowed


def test_a_context_imports_builtin_alone() -> None:
    code = (
        "import sys; from iree_explorer.dialects import make_context; make_context()\n"
        "print([name for name in sys.modules if name.startswith('iree_explorer.dialects.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['iree_explorer.dialects.builtin']"
