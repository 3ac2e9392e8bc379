"""Dialects of which a program has few ops: the modules that define them are imported one by one, when a text needs them.

xDSL imports a dialect whole when the first of its names is met. To import all of `stream`, `hal`, `util` and `arith` takes a
sixth of the time that a command takes for a small program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import TypeVar

from typing_extensions import override
from xdsl.context import Context
from xdsl.ir import Attribute, Dialect, Operation, TypeAttribute

_T = TypeVar("_T")


class LateDialect(Dialect):
    """A dialect in a package, whose modules are imported for what is asked of them.

    Args:
        name: the dialect's.
        package: of its modules.
        operations: module → the ops defined there, by their names behind the dialect's, with spaces between them.
        attributes: as `operations`, of attributes and types; the two may share a name.
    """

    def __init__(
        self, name: str, package: str, operations: Mapping[str, str], attributes: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(name)
        self._package = package
        self._homes = _homes(name, operations)
        self._attribute_homes = _homes(name, attributes or {})

    @property
    @override
    def operations(self) -> Iterator[type[Operation]]:
        return iter([found for name in self._homes if (found := self.operation(name)) is not None])

    @property
    @override
    def attributes(self) -> Iterator[type[Attribute]]:
        kinds = [self.attribute(name, is_type=is_type) for name in self._attribute_homes for is_type in (False, True)]
        return iter([kind for kind in kinds if kind is not None])

    def operation(self, name: str) -> type[Operation] | None:
        """The op of this full name, imported; None: there is none."""
        return next(self._classes(name, self._homes, Operation), None)

    def attribute(self, name: str, *, is_type: bool) -> type[Attribute] | None:
        """The attribute, or the type, of this full name, imported; None: there is none."""
        found = self._classes(name, self._attribute_homes, Attribute)
        return next((cls for cls in found if issubclass(cls, TypeAttribute) == is_type), None)

    def _classes(self, name: str, homes: Mapping[str, Sequence[str]], kind: type[_T]) -> Iterator[type[_T]]:
        for home in homes.get(name, ()):
            for member in vars(import_module(f"{self._package}.{home}")).values():
                if isinstance(member, type) and issubclass(member, kind) and vars(member).get("name") == name:
                    yield member


def _homes(dialect: str, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Full name → the modules that define something of that name."""
    homes: dict[str, list[str]] = {}
    for module, words in names.items():
        for word in words.split():
            homes.setdefault(f"{dialect}.{word}", []).append(module)
    return homes


class LateContext(Context):
    """A context that takes from a `LateDialect` what it is asked for; other dialects are loaded as in xDSL."""

    @override
    def load_registered_dialect(self, name: str) -> None:
        factory = self._registered_dialects.get(name)
        dialect = None if factory is None else factory()
        if isinstance(dialect, LateDialect):
            self._loaded_dialects[name] = dialect
        else:
            super().load_registered_dialect(name)

    @override
    def get_optional_op(self, name: str, *, dialect_stack: Sequence[str] = ()) -> type[Operation] | None:
        if name not in self._loaded_ops and (late := self._late_dialect_of(name)) is not None:
            found = late.operation(name)
            if found is not None:
                self._loaded_ops[name] = found
        return super().get_optional_op(name, dialect_stack=dialect_stack)

    @override
    def get_optional_type(self, name: str) -> type[TypeAttribute] | None:
        if name not in self._loaded_types and (late := self._late_dialect_of(name)) is not None:
            self._load_late(late.attribute(name, is_type=True))
        return super().get_optional_type(name)

    @override
    def get_optional_attr(self, name: str) -> type[Attribute] | None:
        if name not in self._loaded_attrs and (late := self._late_dialect_of(name)) is not None:
            self._load_late(late.attribute(name, is_type=False))
        return super().get_optional_attr(name)

    def _load_late(self, found: type[Attribute] | None) -> None:
        if found is not None:
            self.load_attr_or_type(found)

    def _late_dialect_of(self, name: str) -> LateDialect | None:
        dialect, dot, _ = name.partition(".")
        found = self.get_optional_dialect(dialect) if dot else None
        return found if isinstance(found, LateDialect) else None
