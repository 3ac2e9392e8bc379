"""What xDSL says of an op that breaks a rule, in MLIR's words."""

from __future__ import annotations

import re

from xdsl.ir import Block, Operation, SSAValue
from xdsl.irdl import IRDLOperation, OptionalDef
from xdsl.irdl.operations import VariadicDef

from iree_explorer.ir.defects import NestedDefect, PlainDefect
from iree_explorer.ir.storage import written_name

_COUNTS = re.compile(r"Expected (\d+) (operand|result|region|successor)s?, but got (\d+)")

_TYPE = re.compile(
    r"(operand|result) '(\w+)' at positions? (\d+)(?: to \d+)? does not verify: "
    r"(?:must be (.*), but got '(.*)'|Expected attribute (.*) but got (.*))"
)

_VARIABLE = re.compile(r"(?:.* does not verify: )?attributes? .* expected from (?:range )?variable '(\w+)', but got .*")

_MISSING = re.compile(r"property '([^']*)' expected in operation '[^']*'")

_PARENT = re.compile(r"'[^']*' (expects parent op (?:to be one of )?)(.*)")

_ALL_TYPES_MATCH = frozenset({"arith.constant", "util.optimization_barrier"})
"""Ops that are declared with `AllTypesMatch`, as most of IREE's stream and flow dialects are."""

_PHRASES = {
    "index": "index",
    "!stream.binding": "A managed resource binding into an executable scope.",
    "!stream.channel": "A collective communication channel.",
    "!stream.file": "A file handle used for I/O operations.",
    "!stream.timepoint": "A timepoint indicating execution availability.",
    "!util.buffer": "A reference counted byte buffer.",
    **{f"!hal.{name}": name for name in ("allocator", "buffer_view", "command_buffer", "device", "event", "fence")},
    **{f"i{width}": f"{width}-bit signless integer" for width in (1, 8, 16, 32, 64)},
}
"""What MLIR calls single types. # MLIR: CommonTypeConstraints.td; IREE: StreamTypes.td, UtilTypes.td, HALTypes.td"""


def one_line(message: str) -> str:
    """A message of xDSL, whose lines are details of the one before, as a single line."""
    lines = (line.strip() for line in message.splitlines())
    return ": ".join(line.rstrip(":") for line in lines if line)


def defect(op: Operation, error: Exception) -> tuple[str, Operation]:
    """The error that MLIR tells where checking `op` raises `error`, one of `DEFECTS`, and the op that it stands at."""
    at = error.op if isinstance(error, NestedDefect) else op
    speaker = "" if isinstance(error, PlainDefect) else f"'{written_name(at)}' op "
    return speaker + _in_mlirs_words(at, one_line(str(error) or type(error).__name__)), at


def _in_mlirs_words(op: Operation, message: str) -> str:
    """A message of xDSL about `op`, on one line; the same where MLIR says nothing like it."""
    if message.endswith("must be the last operation in its parent block"):
        return "must be the last operation in the parent block"
    if (missing := _MISSING.fullmatch(message)) is not None:
        return f"requires attribute '{missing[1]}'"
    if (parent := _PARENT.fullmatch(message)) is not None:
        return parent[1] + parent[2].replace("', '", ", ")
    if (counts := _COUNTS.fullmatch(message)) is not None:
        return _of_counts(int(counts[1]), counts[2], int(counts[3]))
    if (type_ := _TYPE.fullmatch(message)) is not None and isinstance(op, IRDLOperation):
        return _of_type(op, type_) or message
    if (variable := _VARIABLE.fullmatch(message)) is not None and isinstance(op, IRDLOperation):
        return _of_variable(op, variable[1]) or message
    return message


def _of_counts(wanted: int, what: str, found: int) -> str:
    # MLIR: Operation.cpp, OpTrait::impl::verifyNOperands and kin
    if wanted > 1:
        return f"expected {wanted} {what}s" + (f", but found {found}" if what == "operand" else "")
    if wanted == 1:
        return f"requires {'a single' if what == 'operand' else 'one'} {what}"
    return f"requires zero {what}s"


def _of_type(op: IRDLOperation, match: re.Match[str]) -> str | None:
    # MLIR: OpDefinitionsGen.cpp, the verifiers of type constraints
    what, name, first = match[1], match[2], match[3]
    phrase, got = (match[4], match[5]) if match[4] else (_PHRASES.get(match[6]), match[7])
    if phrase is None:
        return None
    definition = type(op).get_irdl_definition()
    defined = dict(definition.operands if what == "operand" else definition.results)[name]
    is_variadic = isinstance(defined, VariadicDef) and not isinstance(defined, OptionalDef)
    values = op.operands if what == "operand" else op.results
    number = next(index for index in range(int(first), len(values)) if str(values[index].type) == got)
    return f"{what} #{number} must be {'variadic of ' if is_variadic else ''}{phrase}, but got '{got}'"


def _of_variable(op: IRDLOperation, name: str) -> str | None:
    # MLIR: OpBase.td, AllTypesMatch, by which some say it of an operand, or attribute, and a result; others say it otherwise.
    definition = type(op).get_irdl_definition()
    defined = (*definition.operands, *definition.properties.items(), *definition.results)
    fields = [field.removesuffix("_") for field, kind in defined if name in kind.constr.variables()]
    is_said = (op.dialect_name() in ("stream", "flow") or op.name in _ALL_TYPES_MATCH) and len(fields) == 2
    return f"failed to verify that all of {{{', '.join(fields)}}} have same type" if is_said else None


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
