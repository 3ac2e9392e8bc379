"""The greedy driver: visits ops, folds and rewrites them, until nothing more applies.

# MLIR: GreedyPatternRewriteDriver.cpp, applyPatternsGreedily
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xdsl.ir import Operation, Region

from iree_explorer.ir.storage import blocks_of, ops_of
from iree_explorer.passes.canonicalize.facts.constants import CONSTANT_VALUES
from iree_explorer.passes.canonicalize.greedy.regions import erase_unreachable_blocks, simplify_region
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import RuleBook, Rules, as_values
from iree_explorer.passes.canonicalize.greedy.survey import Survey
from iree_explorer.passes.canonicalize.greedy.uniquer import ConstantUniquer
from iree_explorer.passes.canonicalize.greedy.use_lists import has_uses

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness


@dataclass(frozen=True, slots=True)
class GreedyConfig:
    """How the driver goes about it. # MLIR: GreedyRewriteConfig, with its defaults.

    Attributes:
        top_down: visit ops first to last in a round, else last to first.
        max_iterations: rounds before giving up; -1: no limit.
        max_rewrites: patterns applied in a round before it ends; -1: no limit.
        simplify_regions: erase dead blocks, ops and block arguments after each round.
        merge_blocks: merge equal blocks too, and drop block arguments that are always the same value.
    """

    top_down: bool = False
    max_iterations: int = 10
    max_rewrites: int = -1
    simplify_regions: bool = True
    merge_blocks: bool = True


class GreedyDriver:
    """Rewrites the ops of one region that is isolated from above."""

    def __init__(
        self,
        region: Region,
        book: RuleBook,
        config: GreedyConfig,
        witness: Witness | None = None,
    ) -> None:
        self._region = region
        self._config = config
        self._book = book
        self._rewriter = Rewriter(region, book)
        self._rewriter.counts_rewrites = config.max_rewrites >= 0
        self._witness = witness
        if witness is not None:
            from iree_explorer.partitioning.trace.steps import Rewritten

            self._step = Rewritten
        self._first_created = 0
        self._applied: list[tuple[Operation, int]] = []
        self._owes_simplification = False

    @property
    def made(self) -> list[Operation]:
        """The ops that patterns and folds have made or may have broken, some of which may be gone again."""
        return self._rewriter.created + self._rewriter.suspects

    def origins(self) -> Iterator[tuple[Operation, Operation]]:
        """Each op that was made, though it may be gone, with the op that was folded or rewritten."""
        start = 0
        for op, end in self._applied:
            yield from ((made, op) for made in self._rewriter.created[start:end])
            start = end

    def run(self) -> bool:
        """Rewrites to the end; False: it still changed in the last round that the config allows."""
        changed, rounds = True, 0
        while changed:
            rounds += 1
            if 0 <= self._config.max_iterations < rounds:
                self._simplify_late(None)
                return False
            changed = self._round()
        return True

    def _round(self) -> bool:
        survey = self._fill()
        changed = survey.has_branches and erase_unreachable_blocks(self._rewriter, self._region)
        if changed:
            self._rewriter.work.open()
        changed |= self._visit_all()
        if self._config.simplify_regions:
            if not survey.is_simple or self._config.max_rewrites == 0:
                changed |= self._simplify()
            else:
                # Nothing to simplify once all ops were visited for nothing; else the next round sees whether there is.
                self._owes_simplification = changed
        return changed

    def _simplify(self) -> bool:
        changed = simplify_region(self._rewriter, self._region, merge_blocks=self._config.merge_blocks)
        if changed:
            self._rewriter.settled.clear()
        return changed

    def _simplify_late(self, survey: Survey | None) -> bool:
        """Does what the round before left to do, where `survey` does not show that it is nothing; whether anything changed."""
        is_owed, self._owes_simplification = self._owes_simplification, False
        return is_owed and (survey is None or not survey.is_all_live) and self._simplify()

    # --- The ops of a round ---

    def _fill(self) -> Survey:
        """Puts all ops on the list and hoists the constants among them, each kind once."""
        survey = self._survey()
        if self._simplify_late(survey):
            survey = self._survey()
        constants = ConstantUniquer(self._rewriter)
        if not self._config.top_down and all(
            constants.keep(op, CONSTANT_VALUES[op.name](op)) for op in survey.constants
        ):
            self._rewriter.work.begin(survey.ops, survey.restless)
            return survey
        self._rewriter.work.clear()
        constants = ConstantUniquer(self._rewriter)
        if self._config.top_down:
            self._fill_top_down(self._region, constants)
            self._rewriter.work.reverse()
        else:
            self._fill_bottom_up(self._region, constants)
        return survey

    def _survey(self) -> Survey:
        return Survey(self._region, self._book, self._rewriter.settled.ids)

    def _fill_bottom_up(self, region: Region, constants: ConstantUniquer) -> None:
        """Fills the list where constants leave their places meanwhile, which puts their users on the list."""
        for block in blocks_of(region):
            for op in ops_of(block):
                for nested in op.regions:
                    self._fill_bottom_up(nested, constants)
                if _keeps(op, constants):
                    self._rewriter.work.push(op)

    def _fill_top_down(self, region: Region, constants: ConstantUniquer) -> None:
        for block in blocks_of(region):
            for op in ops_of(block):
                if _keeps(op, constants):
                    self._rewriter.work.push(op)
                    for nested in op.regions:
                        self._fill_top_down(nested, constants)

    # --- One op after the other ---

    def _visit_all(self) -> bool:
        book, settled, work, left = self._book, self._rewriter.settled, self._rewriter.work, self._config.max_rewrites
        changed = False
        for op in work.taken() if left else ():
            rules = book[type(op)]
            if rules.rests and id(op) in settled.ids and (rules.rests_unused or has_uses(op)):
                continue
            if rules.may_die and not has_uses(op) and rules.is_trivially_dead(op):
                self._erase_dead(op)
                changed = True
            elif rules.looks_back and settled.is_quiet(op):
                continue
            elif rules.may_fold and self._fold(op, rules):
                changed = True
            elif (rules.far_patterns if id(op) in settled.ids else rules.patterns) and self._rewrite(op, rules):
                changed = True
                left -= 1
                if not left:
                    break
            elif rules.looks_back:
                settled.quieten(op)
        return changed

    def _erase_dead(self, op: Operation) -> None:
        self._begin(op)
        self._rewriter.erase_op(op)
        self._end("dead operation", op, "nothing uses it")

    def _fold(self, op: Operation, rules: Rules) -> bool:
        """Folds `op`; False: nothing to fold, or a result that no constant can be made of."""
        self._begin(op)
        folded = rules.folded(op)
        if folded is None:
            return False
        if not folded:
            self._rewriter.modified(op)
            self._end("fold", op, "constants go last" if rules.is_commutative else rules.folding)
            return True
        values = as_values(op, folded)
        if values is None:
            return False
        self._rewriter.set_insertion_point(op)
        for _, constant in values:
            if constant is not None:
                self._rewriter.insert(constant)
        self._rewriter.replace_op(op, [value for value, _ in values])
        self._applied.append((op, len(self._rewriter.created)))
        self._end("fold", op, rules.folding)
        return True

    def _rewrite(self, op: Operation, rules: Rules) -> bool:
        """Applies the first pattern that matches."""
        rewriter, is_told = self._rewriter, self._witness is not None
        settled = rewriter.settled.ids
        for pattern in rules.far_patterns if id(op) in settled else rules.patterns:
            rewriter.set_insertion_point(op)
            if is_told:
                self._begin(op)
            if pattern.rewrite(op, rewriter):
                if not pattern.is_plain:
                    rewriter.settled.clear()
                self._applied.append((op, len(rewriter.created)))
                self._end(pattern.name, op, pattern.summary)
                return True
        if rules.has_near_patterns:
            settled.add(id(op))
        return False

    # --- Telling of changes ---

    def _begin(self, op: Operation) -> None:
        if self._witness is not None:
            self._witness.ids.of(op)
            self._first_created, self._rewriter.erased = len(self._rewriter.created), []

    def _end(self, name: str, op: Operation, summary: str) -> None:
        """Tells the list, and the witness, that something changed at `op` since `_begin`."""
        self._rewriter.work.open()
        if self._witness is None:
            return
        number, erased = self._witness.ids.of, self._rewriter.erased or []
        before = tuple(dict.fromkeys(map(number, (op, *erased))))
        after: tuple[int, ...] = ()
        if created := self._rewriter.created[self._first_created :]:
            gone = set(map(id, erased))
            after = tuple([number(each) for each in created if id(each) not in gone])
        self._witness.record(self._step(name, number(op), before, after, summary))
        function = self._region.parent_op()
        if function is not None:
            self._witness.moment("rewritten", function)


def _keeps(op: Operation, constants: ConstantUniquer) -> bool:
    """False: `op` is a constant that there was already, and is gone."""
    read = CONSTANT_VALUES.get(op.name)
    return read is None or constants.insert(op, read(op))
