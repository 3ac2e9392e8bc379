"""Texts of every host op, type and attribute: `programs/*.mlir` as iree-opt prints them, in both of its forms."""

from pathlib import Path

import pytest
from xdsl.ir import Dialect

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.dialects.check import Check
from iree_explorer.dialects.flow import Flow
from iree_explorer.dialects.hal import HAL
from iree_explorer.dialects.iree_tensor_ext import IREETensorExt
from iree_explorer.dialects.stream import Stream
from iree_explorer.dialects.util import Util
from iree_explorer.syntax import parse, print_module

FOLDER = Path(__file__).parent / "programs"
PROGRAMS = sorted(path.stem for path in FOLDER.glob("*.mlir") if not path.stem.endswith(".generic"))
HOST_DIALECTS = [Stream, Util, HAL, Flow, Check, IREETensorExt]


def read(name: str) -> str:
    return (FOLDER / f"{name}.mlir").read_text()


def module(text: str) -> ModuleOp:
    return parse(text).op


@pytest.mark.parametrize("name", PROGRAMS)
def test_prints_as_it_was_read(name: str) -> None:
    text = read(name)
    assert print_module(module(text)) == text


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_generic_form_means_the_same(name: str) -> None:
    assert print_module(module(read(f"{name}.generic"))) == read(name)


@pytest.mark.parametrize("name", PROGRAMS)
def test_prints_the_generic_form(name: str) -> None:
    assert print_module(module(read(name)), generic=True) == read(f"{name}.generic")


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_clone_prints_the_same(name: str) -> None:
    assert print_module(module(read(name)).clone()) == read(name)


@pytest.mark.parametrize("dialect", HOST_DIALECTS, ids=lambda dialect: dialect.name)
def test_every_op_is_in_a_program(dialect: Dialect) -> None:
    met = {op.name for name in PROGRAMS for op in module(read(name)).walk()}
    assert {op.name for op in dialect.operations} <= met
