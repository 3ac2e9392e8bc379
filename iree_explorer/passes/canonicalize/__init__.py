"""The clean-up: folders and rewrite patterns of all dialects, applied greedily until nothing changes.

`canonicalize(op)` does what MLIR's `applyPatternsGreedily` does with the canonicalization patterns of all ops.
"""

from iree_explorer.passes.canonicalize.clean_up import canonicalize
from iree_explorer.passes.canonicalize.greedy.driver import GreedyConfig
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, Pattern, pattern

__all__ = ["GreedyConfig", "OpRules", "Pattern", "canonicalize", "pattern"]
