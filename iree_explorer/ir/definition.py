"""The decorator that makes an op class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, cast

from typing_extensions import override
from xdsl.ir import SSAValues
from xdsl.irdl import IRDLOperation
from xdsl.irdl.operations import (
    BaseAccessor,
    BeforeVariadicSingleAccessor,
    OpDef,
    OptionalAttrAccessor,
    SingleAttrAccessor,
    UniqueVariadicAccessor,
    VariadicAttrAccessor,
    VarIRConstruct,
    _OpDefField,  # pyright: ignore[reportPrivateUsage]  (what `operand_def()` and its like give)
    get_accessors_from_op_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer

from iree_explorer.ir.invariants import verify_invariants
from iree_explorer.ir.operands import segment_bounds
from iree_explorer.ir.storage import operands_of, results_of

_OpT = TypeVar("_OpT", bound=IRDLOperation)


def irdl_op_definition(cls: type[_OpT]) -> type[_OpT]:
    """As xDSL's, but that a class is worked out when it is first used, and its assembly format when an op is parsed or printed.

    A program has ops of few of the classes, and working out all of them takes a quarter of the time until it is read.
    An op is equal to itself only, as with xDSL's, but is hashed and compared without a call of Python.
    """
    written = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    verify = cls.verify_

    @cache
    def definition() -> OpDef:
        # xDSL reads a class as it was written, without the members that `cls` has got since, and its bases with theirs.
        for base in cls.__bases__:
            getattr(base, "traits", None)
        return OpDef.from_pyrdl(type(cls)(cls.__name__, cls.__bases__, written))

    def work_out() -> None:
        for name, member in _members(definition(), verify).items():
            setattr(cls, name, member)

    for name in ("traits", "get_irdl_definition", "verify_", *_field_names(cls)):
        setattr(cls, name, _Late(name, work_out))
    if cls.assembly_format is not None:
        for name, member in _text_members(definition).items():
            setattr(cls, name, member)
    setattr(cls, "__eq__", object.__eq__)  # noqa: B010 (of methods)
    setattr(cls, "__hash__", object.__hash__)  # noqa: B010 (of methods)
    return cls


class _Late:
    """Stands for a member of an op class until it is first asked for; then all members are made."""

    def __init__(self, name: str, work_out: Callable[[], None]) -> None:
        self._name = name
        self._work_out = work_out

    def __get__(self, op: object, owner: object = None) -> Any:
        self._work_out()
        return getattr(owner if op is None else op, self._name)

    def __set__(self, op: object, value: object) -> None:
        self._work_out()
        setattr(op, self._name, value)


def _field_names(cls: type[IRDLOperation]) -> set[str]:
    """Names of the operands, results, regions, successors, properties and attributes of a class that is not worked out yet."""
    bases = cls.__mro__[: cls.__mro__.index(IRDLOperation)]
    return {name for base in bases for name, value in vars(base).items() if isinstance(value, _OpDefField)}


def _members(definition: OpDef, verify: Any) -> dict[str, Any]:
    """What xDSL gives a class, text aside, with fast operand groups and rules that are checked in MLIR's order."""

    def verify_(self: IRDLOperation) -> None:
        verify_invariants(self, definition)
        if verify is not IRDLOperation.verify_:
            verify(self)

    assembly_format, definition.assembly_format = definition.assembly_format, None
    members = get_accessors_from_op_def(definition, None)
    definition.assembly_format = assembly_format
    for place, (name, _) in enumerate(definition.operands):
        kind = _GROUPS.get(type(members[name]))
        if kind is not None and members[name].option.as_property:
            members[name] = kind(place)
    for name, member in members.items():
        if isinstance(member, BaseAccessor) and member.construct in _STORED:
            members[name] = _group(member)
    members["verify_"] = verify_
    return members


@dataclass(frozen=True)
class _Group(BaseAccessor):
    """Operands, results or regions whose place does not hang on a property: by xDSL's rule, from where they are stored."""

    rule: Callable[[Sequence[Any]], Any]
    stored: Callable[[Any], Any]

    @override
    def index(self, args: Sequence[Any]) -> Any:
        return self.rule(args)

    @override
    def __get__(self, obj: Any, objtype: object = None) -> Any:
        return self.rule(self.stored(obj))


@dataclass(frozen=True)
class _Single(_Group):
    """One that stands before all groups of no fixed size: the most usual case, in half of the time."""

    @override
    def __get__(self, obj: Any, objtype: object = None) -> Any:
        return _get(self.stored(obj), self.idx)


@dataclass(frozen=True)
class _All(_Group):
    """A group that is all that the op has of its kind."""

    @override
    def __get__(self, obj: Any, objtype: object = None) -> Any:
        return self.stored(obj)


_STORED: dict[VarIRConstruct, Callable[[Any], Any]] = {
    VarIRConstruct.OPERAND: operands_of,
    VarIRConstruct.RESULT: results_of,
    VarIRConstruct.REGION: attrgetter("regions"),
}


def _group(accessor: BaseAccessor) -> _Group:
    """What gives the same as `accessor`."""
    kind = _Group
    if isinstance(accessor, BeforeVariadicSingleAccessor):
        kind = _Single
    elif isinstance(accessor, UniqueVariadicAccessor) and accessor.num_defs == 1:
        kind = _All
    return kind(accessor.construct, accessor.idx, accessor.index, _STORED[accessor.construct])


_get: Any = tuple.__getitem__  # xDSL's own looks at what kind of index it is given.


class _OperandGroup:
    """A group of operands, as the op's `operandSegmentSizes` tell; what xDSL's accessors give, in a tenth of the time."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __get__(self, op: Any, owner: object = None) -> Any:
        if op is None:
            return self
        bounds = segment_bounds(op)
        return SSAValues(_get(op._operands, slice(bounds[self._place], bounds[self._place + 1])))

    def __set__(self, op: object, value: object) -> NoReturn:
        raise NotImplementedError("named operands cannot be assigned to")


class _OptionalOperand(_OperandGroup):
    @override
    def __get__(self, op: Any, owner: object = None) -> Any:
        if op is None:
            return self
        bounds = segment_bounds(op)
        start = bounds[self._place]
        return None if start == bounds[self._place + 1] else _get(op._operands, start)


class _SingleOperand(_OperandGroup):
    @override
    def __get__(self, op: Any, owner: object = None) -> Any:
        return self if op is None else _get(op._operands, segment_bounds(op)[self._place])


_GROUPS: dict[type, type[_OperandGroup]] = {
    SingleAttrAccessor: _SingleOperand,
    OptionalAttrAccessor: _OptionalOperand,
    VariadicAttrAccessor: _OperandGroup,
}


def _text_members(definition: Callable[[], OpDef]) -> dict[str, object]:
    @cache
    def program() -> Any:
        from iree_explorer.ir.assembly.format_program import LateFormatProgram

        found = definition()
        return LateFormatProgram.of(cast("str", found.assembly_format), found)

    def parse(cls: type[IRDLOperation], parser: Parser) -> IRDLOperation:
        return program().parse(parser, cls)

    def print_(self: IRDLOperation, printer: Printer) -> None:
        program().print(printer, self)

    return {"parse": classmethod(parse), "print": print_}
