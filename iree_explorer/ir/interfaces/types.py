"""What types and attributes can be asked. Import from `interfaces`."""

from __future__ import annotations

from abc import abstractmethod
from functools import cache

from xdsl.dialects.builtin import DYNAMIC_INDEX, ShapedType
from xdsl.ir import Attribute, TypeAttribute


class AliasedAttribute(Attribute):
    """An attribute or type that MLIR prints as an alias at the top of the file. MLIR: OpAsmDialectInterface."""

    @abstractmethod
    def alias_name(self) -> str | None:
        """The alias without `#` or `!` and before it is made unique, such as `device_target_local`; None: no alias."""


class SizeAwareType(TypeAttribute):
    """A type whose values carry one size operand in every signature (`type{%size}`). IREE: SizeAwareTypeInterface."""


def is_size_aware(type_: Attribute) -> bool:
    """Whether values of the type have a size; much faster than `isinstance`."""
    return _is_size_aware_class(type(type_))


@cache
def _is_size_aware_class(cls: type[Attribute]) -> bool:
    return issubclass(cls, SizeAwareType)


def number_of_sizes(type_: Attribute) -> int:
    """How many operands stand in braces behind the type: one per `?` of a shape, one for a sized type."""
    if is_size_aware(type_):
        return 1
    if isinstance(type_, ShapedType):
        return sum(dimension == DYNAMIC_INDEX for dimension in type_.get_shape())
    return 0


class GlobalType(TypeAttribute):
    """A type of globals with a say in how they may be accessed. IREE: GlobalTypeInterface."""

    def is_access_storage_compatible(self, accessed: Attribute) -> bool:
        """Whether a global of this type may be read as `accessed`."""
        return accessed == self


class AffinityAttr(Attribute):
    """Where work runs. IREE: Stream AffinityAttr."""

    def is_executable_with(self, other: Attribute | None) -> bool:
        """Whether work of both can run on the same queue, in one region; asked of two different affinities."""
        return are_compatible(self, other)

    def join_and(self, other: Attribute | None) -> AffinityAttr | None:  # noqa: ARG002  (a hook)
        """The affinity of work that must run on both; None: there is no such place."""
        return self

    def join_or(self, other: Attribute | None) -> AffinityAttr | None:  # noqa: ARG002  (a hook)
        """The affinity of work that may run on either; None: there is no such place."""
        return self


def are_compatible(desired: Attribute | None, required: Attribute | None) -> bool:
    """Whether an op of affinity `desired` may live in a region of affinity `required`; None fits all.

    IREE: StreamTypes.cpp, AffinityAttr::areCompatible.
    """
    return desired is None or required is None or desired == required


def can_execute_together(lhs: Attribute | None, rhs: Attribute | None) -> bool:
    """Whether two ops can be in one execution region. IREE: StreamTypes.cpp, AffinityAttr::canExecuteTogether."""
    if lhs is None or rhs is None or lhs == rhs:
        return True
    return isinstance(lhs, AffinityAttr) and lhs.is_executable_with(rhs)
