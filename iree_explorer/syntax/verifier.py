"""What must hold of any IR: each op's own rules, terminators, and that values are defined before they are used.

The errors are MLIR's, the first of each function: of an op that is isolated from above, the rules of all ops in it come first, those
isolated in turn last, and then the uses of values. MLIR: Verifier.cpp.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NoReturn

from xdsl.dialects.builtin import StringAttr, UnregisteredOp
from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.parser import ForwardDeclaredValue
from xdsl.traits import IsolatedFromAbove, IsTerminator, NoTerminator, SymbolOpInterface, SymbolTable

from iree_explorer.errors import Location, SourceError, raise_all
from iree_explorer.ir.block_graph import dominator_tree
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.defects import DEFECTS
from iree_explorer.ir.interfaces.control_flow import RegionRules, has_graph_regions
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.interfaces.value_rules import ValueRules
from iree_explorer.ir.invariants import verify_structure
from iree_explorer.ir.storage import implements, nested_ops, operands_of, ops_of, successors_of, written_name
from iree_explorer.ir.symbols import SymbolUses, is_public, settled, symbol_name
from iree_explorer.syntax.escapes import quoted
from iree_explorer.syntax.printing.in_errors import op_in_error
from iree_explorer.syntax.rule_wording import defect, definition_note

_VISIBILITIES = frozenset({"public", "private", "nested"})

_TOLD_LATER = (
    "Redefinition of symbol",
    "Operation using value defined out of its IsolatedFromAbove parent",
    "Forward declared values do not have an owner",
)
"""What traits of xDSL say as soon as an op is looked at, and what is said here once all in the op is right."""

Locate = Callable[[Operation], Location | None]

_NOTHING: Mapping[Operation, object] = {}


def verify(top: Operation, locate: Locate, alike: Mapping[Operation, object] = _NOTHING) -> None:
    """Checks `top` and all ops inside.

    Args:
        top: mostly a module.
        locate: the place of an op, for errors.
        alike: op → what stands for all that an op's rules may speak of but its place; ops may be missing.

    Raises:
        SourceError: at the first op that breaks a rule of its own or uses a value wrongly; where that is in an op isolated
            from above, as a function is, its `others` are the first of each of the isolated ops beside it.
    """
    _Verifier(locate, alike).verify(top)


class _Verifier:
    def __init__(self, locate: Locate, alike: Mapping[Operation, object]) -> None:
        self._locate = locate
        self._alike = alike
        self._visible: set[int] = set()
        self._misused: dict[Operation, SSAValue] = {}
        self._known: set[tuple[object, ...]] = set()
        self._symbol_uses: list[tuple[Operation, SymbolUses]] = []

    def _fail(self, op: Operation, message: str, *notes: tuple[str, Operation | None]) -> NoReturn:
        placed = tuple((note, None if at is None else self._locate(at)) for note, at in notes)
        raise SourceError(message, self._locate(op), placed) from None

    def verify(self, op: Operation) -> None:
        """The rules of `op` and of all in it, then the uses of values there. MLIR: verifyOpAndDominance."""
        self._check_op(op)
        self._visible = set()
        self._check_values(op)
        if self._misused:
            self._fail_at_use(op)

    def _verify_all(self, ops: Sequence[Operation]) -> None:
        """Verifies isolated ops, whose errors do not depend on each other: the first of each is told."""
        errors: list[SourceError] = []
        for op in ops:
            try:
                self.verify(op)
            except SourceError as error:
                errors.append(error)
                self._misused = {}
        raise_all(errors)

    # ---- each op by itself

    def _check_op(self, op: Operation) -> None:
        """The op's own rules, those of its regions' blocks and of the ops in them; isolated ones are verified whole."""
        if not self._is_like_one_before(op) and not isinstance(op, UnregisteredOp):
            self._check_rules(op)
        if op.has_trait(SymbolTable, value_if_unregistered=False):
            outer, self._symbol_uses = self._symbol_uses, []
            self._check_inside(op)
            self._check_symbols(op)
            self._symbol_uses = outer
        elif op.regions:
            self._check_inside(op)

    def _check_inside(self, op: Operation) -> None:
        for region in op.regions:
            entry = region.first_block
            if entry is not None and next(iter(entry.uses), None) is not None:
                self._fail(op, "entry block of region may not have predecessors")
        isolated: list[Operation] = []
        for region in op.regions:
            is_only = region.first_block is region.last_block
            needs_terminator = not (is_only and op.has_trait(NoTerminator, value_if_unregistered=True))
            for block in region.blocks:
                isolated += self._check_block(op, block, needs_terminator)
        self._verify_all(isolated)
        if (terminators := _terminators(type(op))) is not None:
            self._ask(op, partial(terminators.verify_terminators, op))
        if implements(op, RegionRules):
            self._ask(op, op.verify_regions)

    def _unlike_before(self, ops: Sequence[Operation]) -> Iterator[Operation]:
        """The ops of a block, less those of which one alike stands above them; the last op has rules of its own."""
        known: set[int] = set()
        for op, what in zip(ops[:-1], map(self._alike.get, ops), strict=False):
            if what is None:
                yield op
            elif id(what) not in known:
                known.add(id(what))
                yield op
        yield from ops[-1:]

    def _check_rules(self, op: Operation) -> None:
        if op.has_trait(SymbolOpInterface):
            self._ask(op, partial(verify_structure, op))
            self._check_symbol(op)
        self._ask(op, op.verify_)
        if (uses := _symbol_uses(type(op))) is not None:
            self._symbol_uses.append((op, uses))

    def _ask(self, op: Operation, rules: Callable[[], None]) -> None:
        """Applies rules of `op`."""
        try:
            rules()
        except DEFECTS as error:
            if not str(error).startswith(_TOLD_LATER):
                words, at = defect(op, error)
                self._fail(at, words)

    def _is_like_one_before(self, op: Operation) -> bool:
        """Whether an op that was found right differs from `op` in nothing that an op's rules may speak of.

        Most rules are local: of attributes and types, not of where values come from or go to.
        """
        if op.regions or successors_of(op):
            return False
        what = self._alike.get(op)
        key = (_what_rules_see(op) if what is None else id(what), id(op.parent), op.next_op is None)
        if key in self._known:
            return not implements(op, ValueRules)
        self._known.add(key)
        return False

    def _check_block(self, op: Operation, block: Block, needs_terminator: bool) -> list[Operation]:
        """A block of `op` and the ops in it but isolated ones, which it returns."""
        last = block.last_op
        if last is None:
            if needs_terminator:
                self._fail(op, "empty block: expect at least a terminator")
            return []
        ops = ops_of(block)
        if any(map(successors_of, ops[:-1])):
            first = next(inner for inner in ops if successors_of(inner))
            self._fail(first, "operation with block successors must terminate its parent block")
        isolated: list[Operation] = []
        for inner in self._unlike_before(ops):
            if inner.regions and inner.has_trait(IsolatedFromAbove, value_if_unregistered=False):
                isolated.append(inner)
            else:
                self._check_op(inner)
        if any(successor.parent is not block.parent for successor in last.successors):
            self._fail(last, f"'{written_name(last)}' op branching to block of a different region")
        if needs_terminator and not last.has_trait(IsTerminator, value_if_unregistered=True):
            self._fail(last, f"block with no terminator, has {op_in_error(last)}")
        return isolated

    def _check_symbols(self, table: Operation) -> None:
        known: dict[str, Operation] = {}
        for op in nested_ops(table):
            name = symbol_name(op)
            if name is None:
                continue
            if (previous := known.get(name)) is not None:
                self._fail(
                    op, f"redefinition of symbol named '{name}'", ("see existing symbol definition here", previous)
                )
            known[name] = op
        try:
            with settled(table):
                for op, uses in self._symbol_uses:
                    uses.verify_uses(op)
        except DEFECTS:
            self._fail_at_symbol_use(table)

    def _fail_at_symbol_use(self, table: Operation) -> None:
        """Tells of the first op in `table` that names a symbol wrongly."""
        for op in _in_order_of_symbols(table):
            if (uses := _symbol_uses(type(op))) is not None:
                self._ask(op, partial(uses.verify_uses, op))

    def _check_symbol(self, op: Operation) -> None:
        """MLIR: SymbolInterfaces.td, SymbolTable.cpp, verifySymbol; a module may be none, without a name."""
        if symbol_name(op) is None:
            return
        visibility = op.get_attr_or_prop("sym_visibility")
        if isinstance(visibility, StringAttr) and visibility.data not in _VISIBILITIES:
            wanted = '["public", "private", "nested"]'
            got = quoted(visibility.data)
            self._fail(op, f"'{op.name}' op visibility expected to be one of {wanted}, but got {got}")
        if isinstance(op, FunctionOpInterface) and op.is_declaration and is_public(op):
            self._fail(op, f"'{op.name}' op symbol declaration cannot have public visibility")
        parent = op.parent_op()
        if parent is not None and not parent.has_trait(SymbolTable, value_if_unregistered=True):
            self._fail(op, f"'{op.name}' op symbol's parent must have the SymbolTable trait")

    # ---- values

    def _check_values(self, op: Operation) -> None:
        """Finds the ops in `op`, but for what is isolated there, that use values where these are not defined."""
        for region in op.regions:
            self._check_values_in(region, has_graph_regions(op))

    def _check_values_in(self, region: Region, is_graph: bool) -> None:
        entry = region.first_block
        if entry is None:
            return
        if is_graph:
            added = [id(value) for block in region.blocks for value in _defined_in(block)]
            self._visible.update(added)
            for block in region.blocks:
                self._check_uses(block)
        elif entry.next_block is None:
            added = self._check_uses(entry)
        else:
            added = self._check_blocks(region, entry)
        self._visible.difference_update(added)

    def _check_blocks(self, region: Region, entry: Block) -> list[int]:
        """Blocks in the order of the dominator tree, each seeing what its dominators define."""
        children = dominator_tree(entry)
        pending: list[tuple[Block | None, list[int]]] = [(entry, [])]
        while pending:
            block, leaving = pending.pop()
            if block is None:
                self._visible.difference_update(leaving)
                continue
            pending.append((None, self._check_uses(block)))
            pending.extend((child, []) for child in children.get(block, ()))
        everything = [id(value) for block in region.blocks for value in _defined_in(block)]
        self._visible.update(everything)
        for block in region.blocks:
            if block not in children:
                self._check_unreachable(block)
        return everything

    def _check_unreachable(self, block: Block) -> None:
        """Any value of the region may be used, but what is nested may not use this block's before they are defined."""
        self._visible.difference_update(id(result) for op in block.ops for result in op.results)
        for op in block.ops:
            self._check_values_inside(op)
            self._visible.update(map(id, op.results))

    def _check_uses(self, block: Block) -> list[int]:
        """Checks the operands in `block`; makes its values visible, and returns them."""
        visible = self._visible
        added = [id(argument) for argument in block.args]
        visible.update(added)
        for op in ops_of(block):
            operands = operands_of(op)
            if not visible.issuperset(map(id, operands)):
                self._misused[op] = next(value for value in operands if id(value) not in visible)
            if op.regions:
                self._check_values_inside(op)
            results = list(map(id, op.results))
            visible.update(results)
            added += results
        return added

    def _check_values_inside(self, op: Operation) -> None:
        if op.regions and not op.has_trait(IsolatedFromAbove, value_if_unregistered=False):
            self._check_values(op)

    def _fail_at_use(self, top: Operation) -> NoReturn:
        """Tells of the first misuse in `top`: first of values from outside of it, and of ops before those inside of them."""
        misused = [op for op in _in_order_of_dominance(top) if op in self._misused]
        for op in misused:
            if isinstance(self._misused[op], ForwardDeclaredValue):  # its name was defined inside of the op itself
                self._fail(op, "operation's operand is unlinked")
            if (isolated := _isolated_between(op, self._misused[op])) is not None:
                note = "required by region isolation constraints", isolated
                self._fail(op, f"'{written_name(op)}' op using value defined outside the region", note)
        op = misused[0]
        value = self._misused[op]
        number = next(index for index, operand in enumerate(op.operands) if operand is value)
        self._fail(op, f"operand #{number} does not dominate this use", definition_note(value, op))


def _in_order_of_dominance(top: Operation) -> Iterator[Operation]:
    """The ops in `top`, but for what is isolated there, in the order in which MLIR looks at their operands.

    MLIR: verifyDominanceOfContainedRegions
    """
    pending = [top]
    while pending:
        for op in nested_ops(pending.pop()):
            yield op
            if op.regions and not op.has_trait(IsolatedFromAbove, value_if_unregistered=False):
                pending.append(op)


def _in_order_of_symbols(table: Operation) -> Iterator[Operation]:
    """The ops in `table`, but for what is in tables there, in the order in which MLIR looks at the symbols that they name.

    MLIR: SymbolTable.cpp, walkSymbolTable
    """
    pending = list(table.regions)
    while pending:
        for block in pending.pop().blocks:
            for op in ops_of(block):
                yield op
                if not op.has_trait(SymbolTable, value_if_unregistered=False):
                    pending.extend(op.regions)


@cache
def _terminators(kind: type[Operation]) -> SingleBlockImplicitTerminator | None:
    return next((trait for trait in kind.traits if isinstance(trait, SingleBlockImplicitTerminator)), None)


@cache
def _symbol_uses(kind: type[Operation]) -> SymbolUses | None:
    return next((trait for trait in kind.traits if isinstance(trait, SymbolUses)), None) if kind.traits else None


def _what_rules_see(op: Operation) -> tuple[object, ...]:
    return (
        type(op),
        tuple([id(value.type) for value in op.operands]),
        tuple([id(value.type) for value in op.results]),
        tuple([(name, id(value)) for name, value in op.properties.items()]),
        tuple([(name, id(value)) for name, value in op.attributes.items()]),
    )


def _defined_in(block: Block) -> list[SSAValue]:
    return [*block.args, *(result for op in block.ops for result in op.results)]


def _isolated_between(op: Operation, value: SSAValue) -> Operation | None:
    """The op around `op` that may not see `value`, which is defined outside of it; None: there is no such op.

    MLIR: RegionUtils.cpp, isRegionIsolatedAbove
    """
    inside, isolated = op.parent_region(), op.parent_op()
    while isolated is not None and not isolated.has_trait(IsolatedFromAbove, value_if_unregistered=False):
        inside, isolated = isolated.parent_region(), isolated.parent_op()
    block = value.owner if isinstance(value.owner, Block) else value.owner.parent
    region = None if block is None else block.parent
    is_seen = inside is None or (region is not None and inside.is_ancestor(region))
    return None if is_seen else isolated
