"""The clean-up of one operation, and the pass of that name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from iree_explorer.errors import InputError
from iree_explorer.passes.canonicalize.greedy.driver import GreedyConfig, GreedyDriver
from iree_explorer.passes.canonicalize.greedy.rules import Pattern, RuleBook
from iree_explorer.passes.operation_pass import OperationPass, Origins, PassRun

if TYPE_CHECKING:
    from xdsl.ir import Operation

    from iree_explorer.partitioning.trace.recording import Witness

_DEFAULT = GreedyConfig()


def canonicalize(
    op: Operation,
    *,
    extra_patterns: Sequence[Pattern] = (),
    config: GreedyConfig = _DEFAULT,
    witness: Witness | None = None,
    made: list[Operation] | None = None,
    origins: list[Origins] | None = None,
    is_mended: bool = False,
) -> bool:
    """Folds and rewrites all that is in the regions of `op`, which must be isolated from above, but not `op` itself.

    Args:
        op: is changed in place.
        extra_patterns: tried like registered ones, after those of the same benefit; each names its `root`.
        config: how the driver goes about it.
        witness: gets a `Rewritten` for each pattern applied, each fold and each dead op erased.
        made: gets the ops that were made, some of which may be gone again.
        origins: gets what tells of each op that was made which one was folded or rewritten; see `PassRun`.
        is_mended: goes by right rules where the compiler's own make wrong programs (`docs/iree-findings.md`).

    Returns:
        False where it gave up: something still changed in the last round. # MLIR: applyPatternsGreedily then fails.
    """
    book = RuleBook(tuple(extra_patterns), is_mended=is_mended)
    converged = True
    for region in op.regions:
        if region.first_block is not None:
            driver = GreedyDriver(region, book, config, witness)
            converged &= driver.run()
            if made is not None:
                made += driver.made
            if origins is not None:
                origins.append(driver.origins)
    return converged


@dataclass(frozen=True)
class CanonicalizePass(OperationPass):
    """`canonicalize`. Giving up after `max_iterations` is no failure. # MLIR: Canonicalizer.cpp, with its defaults."""

    name = "canonicalize"
    class_name = "CanonicalizerPass"

    top_down: bool = True
    region_simplify: str = "normal"
    max_iterations: int = 10
    max_num_rewrites: int = -1

    def __post_init__(self) -> None:
        if self.region_simplify not in ("disabled", "normal", "aggressive"):
            raise InputError(f"for the --region-simplify option: Cannot find option named '{self.region_simplify}'!")

    @override
    def apply(self, op: Operation, run: PassRun) -> None:
        config = GreedyConfig(
            top_down=self.top_down,
            max_iterations=self.max_iterations,
            max_rewrites=self.max_num_rewrites,
            simplify_regions=self.region_simplify != "disabled",
            merge_blocks=self.region_simplify == "aggressive",
        )
        canonicalize(op, config=config, witness=run.witness, made=run.made, origins=run.origins)
