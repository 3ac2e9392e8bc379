"""Rules of dispatches: of `stream.async.dispatch` all of them, apart from those of other ops that few programs have.

# IREE: StreamOpFolders.cpp
"""

from __future__ import annotations

from xdsl.dialects.builtin import ArrayAttr
from xdsl.ir import Operation

from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.stream.common import ELIDE_UNUSED_OP


@pattern("DeduplicateDispatchEntryRefs", is_near=True)
def deduplicate_dispatch_entry_refs(op: Operation, rewriter: Rewriter) -> bool:
    """Names each entry point of a dispatch once."""
    entries = op.properties.get("entry_points")
    if type(entries) is not ArrayAttr or len(entries.data) < 2 or len(set(entries.data)) == len(entries.data):
        return False
    rewriter.set_property(op, "entry_points", ArrayAttr(dict.fromkeys(entries.data)))
    return True


RULES = (OpRules("stream.async.dispatch", (ELIDE_UNUSED_OP, deduplicate_dispatch_entry_refs)),)
