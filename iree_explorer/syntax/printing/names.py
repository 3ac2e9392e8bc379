"""The names of SSA values and blocks in a text. MLIR: AsmPrinter.cpp, SSANameState."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import cast

from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.irdl import IRDLOperation

from iree_explorer.ir.interfaces import ASM_RESULT_NAMES, OpAsmOpInterface
from iree_explorer.ir.storage import blocks_of, ops_of

_VALID_NAME = re.compile(r"[a-zA-Z$._\-][a-zA-Z0-9$._\-]*+", re.ASCII)

_INVALID = re.compile(rb"[^a-zA-Z0-9$._\-]")


def sanitized(name: str) -> str:
    """`name` with what may not stand in an SSA name replaced. MLIR: sanitizeIdentifier."""
    if _VALID_NAME.fullmatch(name):
        return name
    raw = name.encode(errors="surrogateescape")
    safe = _INVALID.sub(lambda match: b"_" if match[0] == b" " else b"%X" % match[0][0], raw).decode("ascii")
    return f"_{safe}" if name[:1].isdigit() else safe


@dataclass(slots=True)
class _Counters:
    """What a region inherits from the one around it, as it is when that has been numbered to its end."""

    value: int = 0
    argument: int = 0
    conflict: int = 0

    def copy(self) -> _Counters:
        return _Counters(self.value, self.argument, self.conflict)

    def raise_to(self, other: _Counters) -> None:
        """No counter is lower than the other's."""
        self.value, self.argument = max(self.value, other.value), max(self.argument, other.argument)
        self.conflict = max(self.conflict, other.conflict)


@dataclass(slots=True)
class _Scope:
    """Names in use in a region, and in those around it."""

    names: set[str]
    outer: _Scope | None

    def has(self, name: str) -> bool:
        scope: _Scope | None = self
        while scope is not None:
            if name in scope.names:
                return True
            scope = scope.outer
        return False


@dataclass(slots=True)
class Names:
    """Names of all values and blocks inside an op.

    Attributes:
        values: by the `id` of the value: as in the text, with `%`; a value inside a pack is `%name#1`.
        packs: per op of two or more results: name and size of each group of results, in order.
        blocks: as in the text, with `^`.
    """

    values: dict[int, str] = field(default_factory=dict)
    packs: dict[Operation, list[tuple[str, int]]] = field(default_factory=dict)
    blocks: dict[Block, str] = field(default_factory=dict)
    _contexts: dict[Region, tuple[_Counters, _Scope]] = field(default_factory=dict)
    _next: _Counters = field(default_factory=_Counters)
    """Higher than all counters were while what was named last was named."""

    def clear(self) -> None:
        """Forgets all names, those that a printer got of it, too."""
        for names in (self.values, self.packs, self.blocks, self._contexts):
            names.clear()

    @classmethod
    def of(cls, top: Operation, *, generic: bool = False) -> Names:
        """The names inside `top`, whose own results are numbered as well.

        Args:
            top: mostly a module.
            generic: for text in generic form, in which no op names its own values.
        """
        names = cls()
        scope = _Scope(set(), None)
        counters = _Counters()
        for region in top.regions:
            names._contexts[region] = (counters.copy(), scope)
        _Namer(names, generic).name_results(top, counters, scope)
        names._name_regions(top.regions, generic)
        return names

    def rename(self, op: Operation) -> None:
        """Names what is inside `op` again after changes there; `op` was there when the names were made."""
        self._next = _Counters()
        self._name_regions(op.regions, False)

    def extend(self, op: Operation) -> None:
        """Names what came into `op` since it was named; what has a name keeps it, though numbers may be left out then."""
        namer, counters = _Namer(self, False), self._next
        scope = _Scope({name.removeprefix("%") for name in self.values.values()}, None)
        pending = list(op.regions)
        while pending:
            region = pending.pop()
            namer.name_new(region, counters, scope)
            pending += namer.take_nested()

    def _name_regions(self, regions: Iterable[Region], generic: bool) -> None:
        """A region is numbered whole before those nested in it; each of these starts from where it ended.

        In generic form no number is used twice: each starts from where the region ended that was numbered before.
        """
        namer = _Namer(self, generic)
        pending = list(regions)
        counters = _Counters()
        while pending:
            region = pending.pop()
            start, outer = self._contexts[region]
            counters = counters if generic else start.copy()
            scope = _Scope(set(), outer)
            namer.name_region(region, counters, scope)
            self._next.raise_to(counters)
            context = (counters, scope)
            for nested in namer.take_nested():
                self._contexts[nested] = context
                pending.append(nested)


class _Namer:
    """Names one region after the other into `names`."""

    def __init__(self, names: Names, generic: bool) -> None:
        self._names = names
        self._values = names.values
        self._generic = generic
        self._nested: list[Region] = []

    def take_nested(self) -> list[Region]:
        """The regions nested in the region that was named last, in order."""
        nested, self._nested = self._nested, []
        return nested

    def name_region(self, region: Region, counters: _Counters, scope: _Scope) -> None:
        """Names the region's blocks, arguments and ops, but not what is nested in the ops."""
        named: set[int] = set()  # ids
        parent = region.parent
        if not self._generic and isinstance(parent, OpAsmOpInterface):
            for value, name in parent.asm_block_arg_names(region):
                self._values[id(value)] = self._unique(name, counters, scope)
                named.add(id(value))
        for index, block in enumerate(blocks_of(region)):
            self._names.blocks[block] = f"^bb{index}"
            for argument in block.args:
                if id(argument) not in named:
                    self._values[id(argument)] = self._argument_name(index == 0, counters, scope)
            for op in ops_of(block):
                results = op.results
                if len(results) == 1 and (self._generic or _is_unnamed(type(op))):
                    [result] = results
                    self._values[id(result)] = f"%{counters.value}"
                    counters.value += 1
                elif results:
                    self.name_results(op, counters, scope)
                if op.regions:
                    self._nested.extend(op.regions)

    def name_new(self, region: Region, counters: _Counters, scope: _Scope) -> None:
        """Names what has no name in the region, but not what is nested in its ops; blocks go by their place as ever."""
        values = self._values
        for index, block in enumerate(blocks_of(region)):
            self._names.blocks[block] = f"^bb{index}"
            for argument in block.args:
                if id(argument) not in values:
                    values[id(argument)] = self._argument_name(index == 0, counters, scope)
            for op in ops_of(block):
                if op.regions:
                    self._nested.extend(op.regions)
                if not op.results:
                    continue
                # A value may have the `id` of one that is gone, and then takes over its name; a pack has to be this op's.
                is_named = op in self._names.packs if len(op.results) > 1 else id(op.results[0]) in values
                if not is_named:
                    self.name_results(op, counters, scope)

    def _argument_name(self, in_entry_block: bool, counters: _Counters, scope: _Scope) -> str:
        if not in_entry_block:
            return self._number(counters)
        counters.argument += 1
        return self._free(f"arg{counters.argument - 1}", counters, scope)

    def name_results(self, op: Operation, counters: _Counters, scope: _Scope) -> None:
        """Names the results of `op`, in groups where the op names more than the first."""
        results = op.results
        starts = [0]
        first_named = False
        if not self._generic:
            for value, name in result_names(op):
                self._values[id(value)] = self._unique(name, counters, scope) if name else self._number(counters)
                if value is results[0]:
                    first_named = True
                else:
                    starts.append(_place(results, value))
        if not results:
            return
        if not first_named:
            self._values[id(results[0])] = self._number(counters)
        if len(results) > 1:
            self._name_pack(op, sorted(starts))

    def _name_pack(self, op: Operation, starts: list[int]) -> None:
        results, values = op.results, self._values
        pack: list[tuple[str, int]] = []
        for start, end in zip(starts, [*starts[1:], len(results)], strict=True):
            name = values[id(results[start])]
            pack.append((name, end - start))
            if end - start > 1:
                for number, result in enumerate(islice(results, start, end)):
                    values[id(result)] = f"{name}#{number}"
        self._names.packs[op] = pack

    def _number(self, counters: _Counters) -> str:
        counters.value += 1
        return f"%{counters.value - 1}"

    def _unique(self, name: str, counters: _Counters, scope: _Scope) -> str:
        return self._free(sanitized(name), counters, scope)

    def _free(self, name: str, counters: _Counters, scope: _Scope) -> str:
        """`name`, with a number behind it where it is taken; one counter serves all names."""
        base = name
        while scope.has(name):
            name = f"{base}_{counters.conflict}"
            counters.conflict += 1
        scope.names.add(name)
        return f"%{name}"


def _place(results: Sequence[SSAValue], value: SSAValue) -> int:
    return next(index for index, result in enumerate(results) if result is value)


def result_names(op: Operation) -> Iterable[tuple[SSAValue, str]]:
    """The results of `op` that have names of their own.

    Ops that do not say otherwise name each group of results as their definition does, where it has two or more groups.
    MLIR: OpDefinitionsGen.cpp, genOpAsmInterface.
    """
    if isinstance(op, OpAsmOpInterface):
        return op.asm_result_names()
    if (namer := ASM_RESULT_NAMES.get(type(op))) is not None:
        return namer(op)
    fields = _result_fields(type(op))
    return _names_of_fields(op, fields) if fields else ()


@cache
def _is_unnamed(definition: type[Operation]) -> bool:
    """Whether ops of a class never name a result."""
    is_namer = issubclass(definition, OpAsmOpInterface) or definition in ASM_RESULT_NAMES
    return not is_namer and not _result_fields(definition)


@cache
def _result_fields(definition: type[Operation]) -> tuple[str, ...]:
    if not issubclass(definition, IRDLOperation):
        return ()
    fields = tuple(name for name, _ in definition.get_irdl_definition().results)
    return fields if len(fields) > 1 else ()


def _names_of_fields(op: Operation, fields: Sequence[str]) -> Iterator[tuple[SSAValue, str]]:
    for name in fields:
        group: object = getattr(op, name)
        if isinstance(group, SSAValue):
            yield group, name.rstrip("_")
        elif group:
            yield cast("Sequence[SSAValue]", group)[0], name.rstrip("_")
