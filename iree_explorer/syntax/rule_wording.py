"""What xDSL says of an op that breaks a rule, in MLIR's words."""

from __future__ import annotations

import re

from xdsl.ir import Block, Operation, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.defects import NestedDefect, PlainDefect
from iree_explorer.ir.invariants import verify_invariants
from iree_explorer.ir.storage import written_name

_PARENT = re.compile(r"'[^']*' (expects parent op (?:to be one of )?)(.*)")


def one_line(message: str) -> str:
    """A message of xDSL, whose lines are details of the one before, as a single line."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return ": ".join([*(line.rstrip(":") for line in lines[:-1]), *lines[-1:]])


def defect(op: Operation, error: Exception) -> tuple[str, Operation]:
    """The error that MLIR tells where checking `op` raises `error`, one of `DEFECTS`, and the op that it stands at."""
    if type(error) is VerifyException:
        error = _first_in_mlirs_order(op, error)
    at = error.op if isinstance(error, NestedDefect) else op
    speaker = "" if isinstance(error, PlainDefect) else f"'{written_name(at)}' op "
    return speaker + _in_mlirs_words(one_line(str(error) or type(error).__name__)), at


def _first_in_mlirs_order(op: Operation, error: VerifyException) -> VerifyException:
    """What is said of `op` first: classes of xDSL itself, such as `arith.constant`, check in another order."""
    if isinstance(op, IRDLOperation):
        try:
            verify_invariants(op, type(op).get_irdl_definition())
        except VerifyException as first:
            return first
    return error


def _in_mlirs_words(message: str) -> str:
    """A message of xDSL about an op, on one line; the same where MLIR says nothing like it."""
    if message.endswith("must be the last operation in its parent block"):
        return "must be the last operation in the parent block"
    if (parent := _PARENT.fullmatch(message)) is not None:
        return parent[1] + parent[2].replace("', '", ", ")
    return message


def definition_note(value: SSAValue, user: Operation) -> tuple[str, Operation | None]:
    """Where a value that may not be used by `user` is defined, and the op at which that is told.

    MLIR: Verifier.cpp, diagnoseInvalidOperandDominance
    """
    owner = value.owner
    if isinstance(owner, Operation):
        place = _seen_from(user, owner.parent)
        return f"operand defined here (op {'is ' if place.startswith('neither') else ''}{place})", owner
    region = owner.parent
    number = 0 if region is None else region.get_block_index(owner)
    return f"operand defined as a block argument (block #{number} {_seen_from(user, owner)})", owner.parent_op()


def _seen_from(user: Operation, defining: Block | None) -> str:
    """Where the block that defines a value is, seen from an op."""
    here, there = user.parent_region(), None if defining is None else defining.parent
    if user.parent is defining:
        return "in the same block"
    if here is there:
        return "in the same region"
    if there is not None and here is not None:
        if there.is_ancestor(here):
            return "in a parent region"
        if here.is_ancestor(there):
            return "in a child region"
    return "neither in a parent nor in a child region"
