"""Random programs of stream ops on bytes, with no kernels; each tied operand is used no more.

No write ends where an earlier one to the same resource starts: the clean-up folds two such fills into one of a range that ends
before it starts, as IREE's does (the text is the same), so such programs have no schedule that runs.
"""

import random

INITIALIZED = """
util.global private mutable @state : !stream.resource<variable>
util.initializer {
  %x = arith.constant 0 : i32
  %n = arith.constant 64 : index
  %0 = stream.async.splat %x : i32 -> !stream.resource<variable>{%n}
  util.global.store %0, @state : !stream.resource<variable>
  util.return
}
util.func public @main() -> !stream.resource<external> {
  %x = arith.constant 1 : i32
  %n = arith.constant 64 : index
  %0 = stream.async.splat %x : i32 -> !stream.resource<external>{%n}
  util.return %0 : !stream.resource<external>
}
"""
"""A program whose initializer has a region of its own, which is issued first."""


def program(seed: int, ops: int = 14) -> str:
    """A module whose function @main returns all resources that are left."""
    pick = random.Random(seed)
    sizes = [8, 32, 64]
    lines = [f"    %c{n} = arith.constant {n} : index" for n in sorted({0, 8, 16, 24, 32, 40, 48, 56, 64})]
    lines += [f"    %v{n} = arith.constant {n * 1234567} : i32" for n in range(4)]
    live: list[tuple[str, int]] = []
    starts: dict[str, set[int]] = {}
    """Where writes to a resource started, and those to what it is tied to."""
    for number in range(ops):
        name = f"%r{number}"
        kind = pick.choice(["splat", "splat", "clone", "slice", "fill", "update", "copy"]) if live else "splat"
        source, size = pick.choice(live) if live else ("", 0)
        resource = f"!stream.resource<transient>{{%c{size}}}"
        start = pick.randrange(0, size, 8) if size else 0
        end = pick.randrange(start + 8, size + 8, 8) if size else 0
        if kind == "splat":
            size = pick.choice(sizes)
            lines.append(
                f"    {name} = stream.async.splat %v{pick.randrange(4)} : i32 -> !stream.resource<transient>{{%c{size}}}"
            )
        elif kind == "clone":
            lines.append(f"    {name} = stream.async.clone {source} : {resource} -> {resource}")
        elif kind == "slice":
            length = end - start
            lines.append(
                f"    {name} = stream.async.slice {source}[%c{start} to %c{end}] : {resource} -> !stream.resource<transient>{{%c{length}}}"
            )
            size = length
        elif kind == "fill":
            if end in starts.get(source, ()):
                continue
            starts[name] = {*starts.get(source, ()), start}
            live.remove((source, size))
            lines.append(
                f"    {name} = stream.async.fill %v{pick.randrange(4)}, {source}[%c{start} to %c{end} for %c{end - start}] : i32 -> {source} as {resource}"
            )
        else:
            other, other_size = pick.choice(live)
            if other == source:
                continue
            length = min(size, other_size)
            at = pick.randrange(0, size - length + 8, 8)
            if at + length in starts.get(source, ()):
                continue
            starts[name] = {*starts.get(source, ()), at}
            live.remove((source, size))
            other_resource = f"!stream.resource<transient>{{%c{other_size}}}"
            if kind == "update" and length == other_size:
                lines.append(
                    f"    {name} = stream.async.update {other}, {source}[%c{at} to %c{at + length}] : {other_resource} -> {source} as {resource}"
                )
            else:
                lines.append(
                    f"    {name} = stream.async.copy {other}[%c0 to %c{length}], {source}[%c{at} to %c{at + length}], %c{length} : {other_resource} -> {source} as {resource}"
                )
        live.append((name, size))
    exports = [
        f"    %e{i} = stream.tensor.export {n} : tensor<{s}xi8> in !stream.resource<transient>{{%c{s}}} -> !hal.buffer_view"
        for i, (n, s) in enumerate(live)
    ]
    types = ", ".join("!hal.buffer_view" for _ in live)
    values = ", ".join(f"%e{i}" for i in range(len(live)))
    body = "\n".join([*lines, *exports])
    return (
        f"module {{\n  util.func public @main() -> ({types}) {{\n{body}\n    util.return {values} : {types}\n  }}\n}}\n"
    )
