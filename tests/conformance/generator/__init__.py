"""Random programs, valid by construction: what the scheduling passes can meet, in every combination.

`program(seed)` is the same text for the same seed. Each statement is a function that draws what it needs from the values
in scope, writes lines, and adds what it makes to the scope; `module.STATEMENTS` is all of them. `edge_program(seed)` draws
from those of `edges`, too: overlapping ranges, several results tied to parts, transfers in a row, regions with several results;
`mixed_program(seed)` from those of `mixed`: what stands in programs of which a part is scheduled or lowered already.

Where each thing that the passes must cope with is made (`test_generated.FEATURES` counts most of them in the IR):

| what | where |
|---|---|
| affinities on none, some or all ops; up to four devices; queues, choices of devices | `writer.Writer.on`, `affinity` |
| affinities of functions, the module's default | `module._function`, `_head` |
| cloneable ops: splat, constant, alloca, clone, dispatches that are to be cloned | `streamable`, `tensors` |
| dispatch, fill, copy and update, tied, on whole and partial ranges | `streamable`, with `Writer.span` |
| slice, cast, barrier, subview; constant, splat and parameters that `await` | `streamable`, `parameters`, with `Writer.wait` |
| transfer with source, target and execution affinity | `streamable.transfer_to` |
| `stream.async.call`, collectives, calls of host functions | `calls` |
| parameter load, read, write, gather, scatter | `parameters` |
| `stream.tensor.*`, cloneable and not | `tensors` |
| host ops with and without side effects, `arith.select` on resources, assertions | `host` |
| global loads and stores | `host.load_state`, `store_state`, `count_up` |
| loads that come back to the host and decide what is next | `host.round_trip`, `tensors.load`, `streamable.upload` |
| `scf.if`, `for`, `while`, `index_switch`, `execute_region`, capturing and yielding, nested | `control` |
| several blocks, block arguments, loops of blocks, `cf.switch` | `control.BRANCHES` |
| timepoints: awaits, joins, immediate, selected, imported, exported, chained | `timelines` |
| execute and concurrent regions already there | `timelines.execute`, `_waves` |
| favors of the module, of functions and of regions | `writer.Writer.favor` |
| initializers, empty functions, `func.func` beside `util.func` | `module` |
| dynamic sizes | `host.arithmetic`, `host.size`, sizes as arguments |
"""

from tests.conformance.generator.module import edge_program, mixed_program, program

__all__ = ["edge_program", "mixed_program", "program"]
