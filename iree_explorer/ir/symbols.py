"""Symbols: which op defines one, found fast, and who sees it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator
from contextlib import contextmanager
from weakref import WeakKeyDictionary, WeakValueDictionary

from xdsl.dialects.builtin import StringAttr, SymbolRefAttr
from xdsl.ir import Operation
from xdsl.traits import OpTrait, SymbolTable

from iree_explorer.ir.storage import nested_ops, with_ancestors

_CACHE: WeakKeyDictionary[Operation, WeakValueDictionary[str, Operation]] = WeakKeyDictionary()
"""Symbol table op → its symbols at the last scan. Only ever trusted after a look at the op that it names; keeps
neither alive, as each op keeps the table that it is in."""


_SETTLED: set[Operation] = set()
"""Symbol tables that nothing comes into or leaves for now: a name that the last scan has not found is not there."""


class SymbolUses(OpTrait, ABC):
    """What an op asks of the symbols that it names: once all else in their table is right. MLIR: SymbolUserOpInterface."""

    @abstractmethod
    def verify_uses(self, op: Operation) -> None:
        """Checks what `op` names.

        Raises:
            VerifyException: a symbol is not there, or does not fit.
        """


def is_public(op: Operation) -> bool:
    """Whether the symbol that `op` defines is seen from outside. MLIR: SymbolTable::getSymbolVisibility."""
    visibility = op.properties.get("sym_visibility") or op.attributes.get("sym_visibility")
    return not isinstance(visibility, StringAttr) or visibility.data == "public"


def symbol_name(op: Operation) -> str | None:
    """The symbol that `op` defines; None: none."""
    name = op.properties.get("sym_name") or op.attributes.get("sym_name")
    return name.data if isinstance(name, StringAttr) else None


def nearest_symbol_table(op: Operation) -> Operation | None:
    """The closest ancestor of `op`, itself included, that is a symbol table. MLIR: SymbolTable::getNearestSymbolTable."""
    return next((table for table in with_ancestors(op) if _is_table(table)), None)


def _is_table(op: Operation) -> bool:
    return op.has_trait(SymbolTable, value_if_unregistered=False)


def symbol_in(table: Operation, name: str) -> Operation | None:
    """The op directly in `table` that defines `name`; None: there is none."""
    cached = _CACHE.get(table)
    known = None if cached is None else cached.get(name)
    if known is not None and known.parent_op() is table and symbol_name(known) == name:
        return known
    if cached is not None and table in _SETTLED:
        return None
    symbols = _CACHE[table] = _scan(table)
    return symbols.get(name)


@contextmanager
def settled(table: Operation) -> Generator[None]:
    """Inside, no symbol comes into `table` or leaves it: many names that are not there are looked for in one scan."""
    _CACHE.pop(table, None)
    _SETTLED.add(table)
    try:
        yield
    finally:
        _SETTLED.discard(table)


def _scan(table: Operation) -> WeakValueDictionary[str, Operation]:
    symbols: WeakValueDictionary[str, Operation] = WeakValueDictionary()
    for op in nested_ops(table):
        if (name := symbol_name(op)) is not None:
            symbols.setdefault(name, op)
    return symbols


def lookup_symbol(user: Operation, reference: SymbolRefAttr) -> Operation | None:
    """The op that `reference` means where `user` stands. MLIR: SymbolTable::lookupNearestSymbolFrom."""
    found = nearest_symbol_table(user)
    for name in (reference.root_reference, *reference.nested_references):
        if found is None or not _is_table(found):
            return None
        found = symbol_in(found, name.data)
    return found
