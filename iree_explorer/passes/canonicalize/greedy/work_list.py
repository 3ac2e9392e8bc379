"""The list of ops to visit (again), last in first out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from xdsl.ir import Operation, Region


class Reach(Protocol):
    """What the list has to know of a class of ops."""

    @property
    def is_inert(self) -> bool:
        """Whether a visit never does anything to the op."""
        ...


class WorkList:
    """Ops of one region, each there once; what is pushed is visited first, what is there already stays where it is.

    A round begins with all ops of the region, at few of which a visit finds anything to do: most often at none. So at first
    only these few are taken, and where each op stands in the list is not worked out until somebody asks, or adds one.

    # MLIR: GreedyPatternRewriteDriver.cpp, class Worklist

    Args:
        scope: no op outside of this region ever gets on the list.
        facts: what is known of each class of ops.
    """

    def __init__(self, scope: Region, facts: Mapping[type[Operation], Reach]) -> None:
        self._scope = scope
        self._facts = facts
        self._stack: list[Operation | None] = []
        self._places: dict[
            int, int
        ] = {}  # By the id of the op, which the stack keeps alive; right once the list is open.
        self._is_open = True
        self._restless: Sequence[int] = ()
        self._left = 0  # How many ops of a list that is not open are still to be taken.

    def clear(self) -> None:
        """Empties the list."""
        self._stack.clear()
        self._places.clear()
        self._is_open = True

    def begin(self, ops: list[Operation | None], restless: Sequence[int]) -> None:
        """Makes `ops` the list, of which all that are not at the places `restless`, in rising order, are at rest.

        A visit does nothing to an op at rest, as long as nothing has changed.
        """
        self._stack, self._restless, self._is_open, self._left = ops, restless, False, len(ops)

    def open(self) -> None:
        """To be told of the first change at the latest: from now on no op is taken for one at rest."""
        if not self._is_open:
            self._is_open = True
            del self._stack[self._left :]
            self._places = {id(op): place for place, op in enumerate(self._stack)}

    def push(self, op: Operation) -> bool:
        """Puts `op` on top of the list, then its ancestors inside the scope.

        But ops that a visit does nothing to are left out, here and in `push_siblings`. False: `op` is outside of the scope.
        """
        if not self._is_open:
            self.open()
        places, stack, scope, facts = self._places, self._stack, self._scope, self._facts
        ancestors: list[Operation] = []
        current: Operation | None = op
        while current is not None:
            ancestors.append(current)
            block = current.parent
            region = None if block is None else block.parent
            if region is scope:
                break
            current = None if region is None else region.parent
        else:
            return False
        for current in ancestors:
            if id(current) not in places and not facts[type(current)].is_inert:
                places[id(current)] = len(stack)
                stack.append(current)
        return True

    def push_siblings(self, ops: Sequence[Operation]) -> None:
        """Pushes ops of one block, in their order, as `push` does: their ancestors are on the list after the first."""
        if not ops or not self.push(ops[0]):
            return
        places, stack, facts = self._places, self._stack, self._facts
        for op in ops:
            if id(op) not in places and not facts[type(op)].is_inert:
                places[id(op)] = len(stack)
                stack.append(op)

    def remove(self, op: Operation) -> None:
        """Takes `op` off the list, if it is there."""
        if not self._is_open:
            self.open()
        place = self._places.pop(id(op), None)
        if place is not None:
            self._stack[place] = None

    def taken(self) -> Iterator[Operation]:
        """Takes the op on top off the list, again and again, until the list is empty; of a list that is not open, those at rest too."""
        for place in reversed(self._restless):
            if self._is_open:
                break
            op, self._left = self._stack[place], place
            assert op is not None
            yield op
        else:
            self._left = 0
            self.open()
        stack = self._stack
        while stack:
            op = stack.pop()
            if op is not None:
                del self._places[id(op)]
                yield op

    def upcoming(self) -> Iterator[Operation]:
        """The ops on the list, that on top first."""
        self.open()
        return (op for op in reversed(self._stack) if op is not None)

    def is_pending(self, op: Operation) -> bool:
        """Whether `op` is on the list, or a visit would do nothing to it."""
        self.open()
        return id(op) in self._places or self._facts[type(op)].is_inert

    def reverse(self) -> None:
        """Turns the list around, so that what was pushed first is taken first."""
        self.open()
        self._stack.reverse()
        self._places = {id(op): place for place, op in enumerate(self._stack) if op is not None}
