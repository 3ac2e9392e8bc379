"""One-line definitions of ops that differ from their family only in name and traits."""

from __future__ import annotations

from typing import TypeVar, cast

from xdsl.irdl import IRDLOperation, traits_def
from xdsl.traits import OpTrait

from iree_explorer.ir.definition import irdl_op_definition

FamilyT = TypeVar("FamilyT", bound=IRDLOperation)


def define_op(class_name: str, name: str, family: type[FamilyT], *traits: OpTrait) -> type[FamilyT]:
    """The op `name` of the family: operands, results and format of `family`, with `traits` beside the family's own."""
    body = {"name": name, "traits": traits_def(*traits), "__module__": family.__module__, "__doc__": f"`{name}`."}
    return irdl_op_definition(cast("type[FamilyT]", type(class_name, (family,), body)))
