"""What a partitioner is told about one op: what kind it is, where it asks to run, what it uses and who uses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cache, lru_cache
from itertools import chain

from xdsl.dialects.builtin import UnregisteredOp
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.traits import ConstantLike

from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    GlobalStoreOpInterface,
    StreamableOpInterface,
    implements,
)
from iree_explorer.ir.storage import operands_of, users_of


class Kind(IntEnum):
    """What a partitioner does with an op at all."""

    HOST = 0
    CONSTANT = 1
    GLOBAL_STORE = 2
    STREAMABLE = 3


@cache
def kind_of_class(cls: type[Operation]) -> Kind:
    """The kind of the ops of a class."""
    if _is_constant_class(cls):
        return Kind.CONSTANT
    if issubclass(cls, GlobalStoreOpInterface):
        return Kind.GLOBAL_STORE
    return Kind.STREAMABLE if issubclass(cls, StreamableOpInterface) else Kind.HOST


def users_of_results(op: Operation) -> Iterator[Operation]:
    """The users of each result in turn, as `users_of` gives them. MLIR: Operation::getUsers."""
    return chain.from_iterable(map(users_of, op.results))


def is_constant(op: Operation) -> bool:
    """Whether the op is a constant to MLIR (`ConstantLike`): free to use anywhere."""
    return _is_constant_class(type(op))


@cache
def _is_constant_class(cls: type[Operation]) -> bool:
    return not issubclass(cls, UnregisteredOp) and cls.has_trait(ConstantLike)


def affinity_of(op: Operation) -> Attribute | None:
    """Where the op asks to run; None: it does not say, or cannot."""
    return op.affinity_attr if implements(op, AffinityOpInterface) else None


@lru_cache(maxsize=1024)
def affinity_text(affinity: Attribute | None) -> str:
    """An affinity as the IR spells it, or `None`: a program has few, and is told of them again and again."""
    return str(affinity)


def consumed_values(op: Operation) -> Iterable[SSAValue]:
    """The values that the op or any op nested in it uses, in order; of an op with regions each once.

    # IREE: Partitioning.cpp, collectConsumedValues
    """
    if not op.regions:
        return operands_of(op)
    return dict.fromkeys(chain.from_iterable(map(operands_of, op.walk())))
