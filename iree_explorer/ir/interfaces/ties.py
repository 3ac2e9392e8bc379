"""Results that reuse the storage of operands. IREE: TiedOpInterface. Import from `interfaces`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, IndexType, IntegerAttr
from xdsl.ir import Operation, OpResult, SSAValue

from iree_explorer.ir.attribute_constraints import AttributeIs
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.storage import implements

UNTIED = -1
"""In a `tied_operands` array: the result is tied to no operand. IREE: TiedOpInterface::kUntiedIndex."""


TIED_OPERANDS = AttributeIs(
    "64-bit integer array attribute",
    lambda attribute: (
        isinstance(attribute, ArrayAttr)
        and all(isinstance(entry, IntegerAttr) and isinstance(entry.type, IndexType) for entry in attribute)
    ),
    stored=ArrayAttr,
)
"""What a `tied_operands` property may be. IREE: UtilBase.td, Util_TiedOpStorageAttr."""


class TiedOpInterface(Operation):
    """An op of which results may reuse the storage of operands. IREE: TiedOpInterface.

    The default reads `tied_operands`: for each result of `tied_results_range()`, an index into the operands from
    `tied_operands_base()` on, or -1.
    """

    def tied_operands_base(self) -> int:
        """The first operand that results may be tied to."""
        return 0

    def tied_results_range(self) -> tuple[int, int]:
        """The results that may be tied: first and number."""
        return 0, len(self.results)

    def tied_operand_index(self, result: int) -> int | None:
        """The operand, among all of the op's, that result number `result` is tied to; None: untied."""
        _, values, is_tied = _unpacked(self.properties.get("tied_operands"))
        if not is_tied:
            return None
        first, count = self.tied_results_range()
        place = result - first
        if not (0 <= place < count and place < len(values)) or values[place] == UNTIED:
            return None
        return self.tied_operands_base() + values[place]

    def tied_operand_indices(self) -> list[int]:
        """Per result of `tied_results_range()`: the operand tied to it, among all, or -1; empty: nothing is tied."""
        _, values, is_tied = _unpacked(self.properties.get("tied_operands"))
        if not is_tied:
            return list(values)
        base = self.tied_operands_base()
        return [UNTIED if value == UNTIED else base + value for value in values]

    def used_ties(self) -> list[int]:
        """The operands, among all, whose storage a result reuses."""
        return [operand for operand in self.tied_operand_indices() if operand != UNTIED]

    def tied_operand_of(self, result: SSAValue) -> SSAValue | None:
        """The operand whose storage `result`, one of this op's, reuses; None: untied."""
        assert isinstance(result, OpResult)
        index = self.tied_operand_index(result.index)
        return self._operands[index] if index is not None and index < len(self._operands) else None

    def is_operand_tied(self, operand: int) -> bool:
        """Whether a result reuses the storage of operand number `operand`, counted among all."""
        return operand in self.tied_operand_indices()

    def results_tied_to(self, operand: int) -> list[OpResult]:
        """The results that reuse the storage of operand number `operand`. IREE: getOperandTiedResults."""
        first, _ = self.tied_results_range()
        return [self.results[first + i] for i, k in enumerate(self.tied_operand_indices()) if k == operand]

    def verify_tied_operands(self) -> None:
        """Checks that `tied_operands` has one entry per tied result. IREE: UtilTypes.cpp, detail::verifyTiedOp.

        # Differs: IREE does not look whether there are such operands, and dies of some.
        """
        tied = self.tied_operand_indices()
        if tied and len(tied) != self.tied_results_range()[1]:
            raise PlainDefect("op results/tied operand indices mismatch")
        if any(not UNTIED <= operand < len(self._operands) for operand in tied):
            raise PlainDefect("op result is tied to an operand that is not there")


_KNOWN: dict[int, tuple[object, tuple[int, ...], bool]] = {}
"""By `id` of the attribute, which is kept alive with it: most ops of a program share one."""

_MANY = 4096


def _unpacked(stored: object) -> tuple[object, tuple[int, ...], bool]:
    """A `tied_operands` property, or what is in its place; its entries; whether any of them is a tie."""
    known = _KNOWN.get(id(stored))
    if known is None:
        if len(_KNOWN) >= _MANY:
            _KNOWN.clear()
        entries = stored.data if isinstance(stored, ArrayAttr) else ()
        values = tuple([entry.value.data for entry in entries if isinstance(entry, IntegerAttr)])
        known = _KNOWN[id(stored)] = stored, values, any(value != UNTIED for value in values)
    return known


class FirstOperandTied(TiedOpInterface):
    """An op whose only resource result is always its first operand: fills, copies, updates, barriers."""

    @override
    def tied_operand_index(self, result: int) -> int | None:
        return 0 if result == 0 else None

    @override
    def tied_operand_indices(self) -> list[int]:
        return [0]


def tied_base_value(value: SSAValue) -> SSAValue:
    """The value at the start of the chain of ties that ends in `value`. IREE: TiedOpInterface::findTiedBaseValue."""
    while type(value) is OpResult and implements(op := value.op, TiedOpInterface):
        tied = op.tied_operand_of(value)
        if tied is None:
            break
        value = tied
    return value


def tied_operands_attr(indices: Iterable[int]) -> ArrayAttr[IntegerAttr[IndexType]]:
    """The attribute of a `tied_operands` property: the same object for the same indices."""
    return _tied_operands_attr(tuple(indices))


@lru_cache(maxsize=_MANY)
def _tied_operands_attr(indices: tuple[int, ...]) -> ArrayAttr[IntegerAttr[IndexType]]:
    index = IndexType()
    return ArrayAttr([IntegerAttr(i, index) for i in indices])


class TiedResourcePassthrough(Operation):
    """An op that neither reads nor writes the resources it passes on. IREE: TiedResourcePassthrough."""
