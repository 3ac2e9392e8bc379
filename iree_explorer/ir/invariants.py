"""What holds of an op by its definition, checked in MLIR's order and told in its words.

First how many regions, results, successors and operands there are, then blocks, attributes, types, regions, and at last the
traits in their order. MLIR: OpDefinitionsGen.cpp, OpEmitter::genVerifier; Operation.cpp, OpTrait::impl.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NoReturn

from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import AttrSizedOperandSegments, IRDLOperation, OptionalDef, OptPropertyDef
from xdsl.irdl.constraints import (
    AttrConstraint,
    VerificationContext,
)
from xdsl.irdl.operations import (
    OpDef,
    OptSingleBlockRegionDef,
    SameVariadicOperandSize,
    SingleBlockRegionDef,
    VariadicDef,
    VarSingleBlockRegionDef,
)
from xdsl.traits import HasParent
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.attribute_constraints import phrase_of
from iree_explorer.ir.block_traits import NoRegionArguments, ParentOneOf, SingleBlock, SingleBlockImplicitTerminator
from iree_explorer.ir.operands import segment_sizes
from iree_explorer.ir.type_constraints import InferredType, rule_of_each, type_phrase

_SEGMENTS = AttrSizedOperandSegments.attribute_name
_Fields = Sequence[tuple[str, Any]]


_STRUCTURAL = (HasParent, ParentOneOf, SingleBlock, SingleBlockImplicitTerminator, NoRegionArguments)
"""Traits that are checked before attributes and types. # MLIR: Traits.td, StructuralOpTrait."""


def verify_invariants(op: IRDLOperation, definition: OpDef) -> None:
    """Checks what the definition of `op` says.

    Raises:
        VerifyException: the first of it that does not hold.
    """
    _check_counts(op, definition)
    if any(isinstance(kind, _ONE_BLOCK) for _, kind in definition.regions):
        SingleBlock().verify(op)
    verify_structure(op)
    context = VerificationContext()
    _check_attributes(op, definition, context)
    disagreements = [
        *_check_types(op, "operand", definition.operands, op.operands, context),
        *_check_types(op, "result", definition.results, op.results, context),
    ]
    _check_regions(op, definition)
    if disagreements:
        raise VerifyException(_disagreement(op, definition, *disagreements[0]))
    if _has_inferred_types(type(op)):
        _check_inferred_types(op, "operand", definition.operands, op.operands, context)
        _check_inferred_types(op, "result", definition.results, op.results, context)
    for trait in op.traits:
        if not isinstance(trait, _STRUCTURAL):
            trait.verify(op)


def verify_structure(op: Operation) -> None:
    """Checks in which ops `op` stands and which blocks it has.

    Raises:
        VerifyException: the first of it that does not hold.
    """
    for trait in op.traits:
        if isinstance(trait, _STRUCTURAL):
            trait.verify(op)


# ---- counts


def _check_counts(op: IRDLOperation, definition: OpDef) -> None:
    _check_count("region", definition.regions, len(op.regions))
    _check_count("result", definition.results, len(op.results))
    _check_count("successor", definition.successors, len(op.successors))
    _check_count("operand", definition.operands, len(op._operands))  # pyright: ignore[reportPrivateUsage]
    if _is_segmented(type(op)):
        sizes, found = segment_sizes(op), len(op._operands)  # pyright: ignore[reportPrivateUsage]
        if any(size < 0 for size in sizes):
            raise VerifyException(f"'{_SEGMENTS}' attribute cannot have negative elements")
        if sum(sizes) != found:
            raise VerifyException(
                f"operand count ({found}) does not match with the total size ({sum(sizes)}) specified in attribute '{_SEGMENTS}'"
            )


def _check_count(what: str, fields: _Fields, found: int) -> None:
    least = len(fields)
    for _, kind in fields:
        least -= isinstance(kind, VariadicDef)
    if found != least and (found < least or least == len(fields)):
        raise VerifyException(_of_count(what, least, found, is_least=least < len(fields)))


def _of_count(what: str, wanted: int, found: int, *, is_least: bool) -> str:
    # MLIR: Operation.cpp, OpTrait::impl::verifyNOperands and kin
    if what == "successor":
        plural = "" if wanted == 1 and not is_least else "s"
        return f"requires {'at least ' if is_least else ''}{wanted} successor{plural} but found {found}"
    but_found = f", but found {found}" if what == "operand" else ""
    if is_least:
        return f"expected {wanted} or more {what}s{but_found}"
    if wanted > 1:
        return f"expected {wanted} {what}s{but_found}"
    if wanted == 1:
        return f"requires {'a single' if what == 'operand' else 'one'} {what}"
    return f"requires zero {what}s"


@cache
def _is_segmented(cls: type[IRDLOperation]) -> bool:
    return any(isinstance(option, AttrSizedOperandSegments) for option in cls.get_irdl_definition().options)


def _group_sizes(op: IRDLOperation, what: str, fields: _Fields, found: int) -> Sequence[int]:
    """How many values each field has."""
    if what == "operand" and _is_segmented(type(op)):
        return segment_sizes(op)
    variadic = sum(isinstance(kind, VariadicDef) for _, kind in fields)
    left = found - (len(fields) - variadic)
    if what == "operand" and any(
        isinstance(option, SameVariadicOperandSize) for option in op.get_irdl_definition().options
    ):
        if left % variadic:
            words = f"expected the same number of {what}s in each group, but there are {found}"
            raise VerifyException(words)
        left //= variadic
    return [left if isinstance(kind, VariadicDef) else 1 for _, kind in fields]


# ---- attributes


def _check_attributes(op: IRDLOperation, definition: OpDef, context: VerificationContext) -> None:
    properties = op.properties
    for name in sorted(definition.properties.keys() - properties.keys()):
        if not isinstance(definition.properties[name], OptPropertyDef):
            raise VerifyException(f"requires attribute '{name}'")
    for name, kind in definition.properties.items():
        value = properties.get(name)
        if value is None or name == _SEGMENTS:
            continue
        try:
            kind.constr.verify(value, context)
        except VerifyException as error:
            phrase = phrase_of(kind.constr)
            if phrase is None:
                raise
            raise VerifyException(f"attribute '{name}' failed to satisfy constraint: {phrase}") from error


# ---- types


def _check_types(
    op: IRDLOperation, what: str, fields: _Fields, values: Sequence[SSAValue], context: VerificationContext
) -> Iterator[tuple[str, VerifyException]]:
    """Refuses types that their field may never have; gives the names of type variables that differ, and how."""
    for kind, start, types in _types_of_fields(op, what, fields, values):
        if len(types) > 1 and isinstance(kind, OptionalDef):
            raise VerifyException(f"{what} group starting at #{start} requires 0 or 1 element, but found {len(types)}")
        variable, each = rule_of_each(kind.constr)
        if isinstance(each, InferredType):
            _check_each(what, kind, types, start, each.each)
            continue
        try:
            kind.constr.verify(types, context)
        except VerifyException as error:
            _check_each(what, kind, types, start, each)
            if not variable:
                raise
            yield variable, error


def _types_of_fields(
    op: IRDLOperation, what: str, fields: _Fields, values: Sequence[SSAValue]
) -> Iterator[tuple[Any, int, list[Attribute]]]:
    """Of each field its definition, the number of its first value, and the types of its values."""
    start = 0
    for (_, kind), size in zip(fields, _group_sizes(op, what, fields, len(values)), strict=True):
        yield kind, start, [value.type for value in values[start : start + size]]
        start += size


def _check_each(what: str, kind: Any, types: Sequence[Attribute], start: int, rule: AttrConstraint | None) -> None:
    """Refuses the first type that a field may not have."""
    for number, type_ in enumerate(types, start):
        if rule is not None and not rule.verifies(type_):
            _refuse_type(what, kind, number, type_, rule)


def _check_inferred_types(
    op: IRDLOperation, what: str, fields: _Fields, values: Sequence[SSAValue], context: VerificationContext
) -> None:
    """Refuses types that don't go with those that they follow from."""
    for kind, _, types in _types_of_fields(op, what, fields, values):
        if _is_inferred(kind):
            kind.constr.verify(types, context)


def _is_inferred(kind: Any) -> bool:
    return isinstance(rule_of_each(kind.constr)[1], InferredType)


@cache
def _has_inferred_types(cls: type[IRDLOperation]) -> bool:
    definition = cls.get_irdl_definition()
    return any(_is_inferred(kind) for _, kind in (*definition.operands, *definition.results))


def _refuse_type(what: str, kind: Any, number: int, type_: Attribute, rule: AttrConstraint) -> NoReturn:
    # MLIR: OpDefinitionsGen.cpp, the verifiers of type constraints
    phrase = type_phrase(rule)
    if phrase is None:
        rule.verify(type_, VerificationContext())
    many = "variadic of " if isinstance(kind, VariadicDef) and not isinstance(kind, OptionalDef) else ""
    raise VerifyException(f"{what} #{number} must be {many}{phrase}, but got '{type_}'")


_ALL_TYPES_MATCH = frozenset({"arith.constant", "arith.select", "memref.atomic_rmw", "util.optimization_barrier"})
"""Ops that are declared with `AllTypesMatch`, as most of IREE's stream and flow dialects are."""


def _disagreement(op: IRDLOperation, definition: OpDef, name: str, error: VerifyException) -> str:
    """What is said where two types differ that are the type variable `name`."""
    operands = [field for field, kind in definition.operands if name in kind.constr.variables()]
    others = [field for field, kind in definition.properties.items() if name in kind.constr.variables()]
    results = [field for field, kind in definition.results if name in kind.constr.variables()]
    fields = [field.removesuffix("_") for field in (*operands, *others, *results)]
    if op.name in _ALL_TYPES_MATCH or op.dialect_name() in ("stream", "flow"):
        return f"failed to verify that all of {{{', '.join(fields)}}} have same type"
    if len(operands) == len(definition.operands) and results == [field for field, _ in definition.results]:
        return "requires the same type for all operands and results"
    if len(operands) == len(definition.operands):
        return "requires all operands to have the same type"
    return str(error)


# ---- regions

_ONE_BLOCK = (SingleBlockRegionDef, VarSingleBlockRegionDef, OptSingleBlockRegionDef)


def _check_regions(op: IRDLOperation, definition: OpDef) -> None:
    number = 0
    for name, kind in definition.regions:
        size = len(op.regions) - len(definition.regions) + 1 if isinstance(kind, VariadicDef) else 1
        for region in op.regions[number : number + size]:
            if isinstance(kind, _ONE_BLOCK) and region.first_block is None:
                raise VerifyException(
                    f"region #{number} ('{_camel(name)}') failed to verify constraint: region with 1 blocks"
                )
            number += 1


def _camel(name: str) -> str:
    """A region's name as MLIR writes it."""
    first, *more = name.split("_")
    return first + "".join(map(str.capitalize, more))
