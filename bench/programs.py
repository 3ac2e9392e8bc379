"""Programs of any size for benchmarks: one function of N dispatches, the same text for the same numbers."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Shape:
    """What the graph of a program looks like, which decides how hard it is to schedule.

    Attributes:
        devices: how many devices the dispatches are spread over.
        turn: how many dispatches in a row are on one device.
        reach: how far back an operand may come from, in dispatches; each of the last so many is equally likely.
        flush_every: so many dispatches, and then a host op that no work may cross; 0: there is none.
        layer: so many dispatches in a layer, which read what the layer before made, and nothing else; 0: `reach` says what they read.
    """

    devices: int = 1
    turn: int = 20
    reach: int = 40
    flush_every: int = 0
    layer: int = 0

    def operands(self, values: Sequence[str], choices: random.Random) -> list[str]:
        """What the next dispatch reads: one to three of the values there are, the function's argument being the first."""
        near = values[-self.reach :]
        if self.layer:
            first = 1 + (len(values) - 1) // self.layer * self.layer
            near = values[max(0, first - self.layer) : first]
        return [choices.choice(near) for _ in range(choices.randint(1, 3))]


SHAPES: Final = {
    "1 device": Shape(),
    "4 devices": Shape(devices=4),
    "side effects": Shape(flush_every=500),
    "4 devices in turn": Shape(devices=4, turn=1),
    "small regions": Shape(reach=4, flush_every=2),
    "regions of 4": Shape(reach=4, flush_every=4),
    "narrow": Shape(reach=4),
    "narrow, 4 devices": Shape(devices=4, reach=4),
    "narrow, side effects": Shape(reach=4, flush_every=20),
    "layers of 2": Shape(layer=2),
    "layers of 2, 4 devices in turn": Shape(layer=2, devices=4, turn=1),
    "layers of 2, side effects": Shape(layer=2, flush_every=500),
}
"""Those that are measured: wide graphs, which are wider than any real one that we know, and narrow ones, which are nearer.

Of "4 devices in turn" each execution region holds six or seven dispatches, of "small regions" two at most.

Where a dispatch reads what another made, that one is, in the 205 modules of IREE's end-to-end tests, the one right before
it (83 %), or two (10 %), three (5 %) or four (2 %) back; in the transformer and the ResNet-18 of `bench.models` the one
before in 65 and 72 %, and two to four back in 20 and 28 %; none is more than twelve back. An execution region of those
tests that holds any dispatches holds one in 85 % and 1.3 on average, eight at most. Each region costs both tools more than a
dispatch, and iree-opt the square of their number. A narrow graph is a deep one, with more waves of two or more dispatches (2,500 of
10,000 dispatches, a wide one has 1,500). That costs both tools: ours for each wave, iree-opt for the square of their number.
In layers every wave holds two or more: a fork and a join over and over, where iree-opt is slowest.
"""


def dispatches(count: int, shape: Shape = SHAPES["1 device"], seed: int = 0) -> str:
    """Returns a module with one function of `count` dispatches.

    Args:
        count: how many dispatches; each reads one to three resources made a little earlier.
        shape: of their graph.
        seed: of the choices.
    """
    choices = random.Random(seed)
    lines = [
        f"module attributes {{stream.affinity.default = {_affinity(0)}}} {{",
        *[f"  util.global private @device_{index} : !hal.device" for index in range(shape.devices)],
        *_executable(),
        "  util.func public @main(%arg0: !stream.resource<external>, %arg1: i1) -> !stream.resource<external> {",
        "    %c0 = arith.constant 0 : index",
        f"    %c{_BYTES} = arith.constant {_BYTES} : index",
    ]
    kinds = {"%arg0": "external"}
    values = ["%arg0"]
    for index in range(count):
        device = (index // shape.turn) % shape.devices
        operands = shape.operands(values, choices)
        kind = "external" if index == count - 1 else "transient"
        lines.append(_dispatch(index, device, operands, [kinds[operand] for operand in operands], kind))
        values.append(f"%{index}")
        kinds[f"%{index}"] = kind
        if shape.flush_every and index % shape.flush_every == shape.flush_every - 1:
            lines.append('    cf.assert %arg1, "still going"')
    lines += [f"    util.return %{count - 1} : !stream.resource<external>", "  }", "}", ""]
    return "\n".join(lines)


def _affinity(device: int) -> str:
    return f"#hal.device.affinity<@device_{device}>"


def _dispatch(index: int, device: int, operands: list[str], kinds: list[str], kind: str) -> str:
    ranges = ", ".join(f"{operand}[%c0 to %c{_BYTES} for %c{_BYTES}]" for operand in operands)
    types = ", ".join(f"!stream.resource<{kind}>{{%c{_BYTES}}}" for kind in kinds)
    entry = f"@ex::@entry_{len(operands)}"
    return (
        f"    %{index} = stream.async.dispatch on({_affinity(device)}) {entry}({ranges}) : "
        f"({types}) -> !stream.resource<{kind}>{{%c{_BYTES}}}"
    )


def _executable() -> list[str]:
    exports = []
    functions = []
    for operands in (1, 2, 3):
        exports += [f"    stream.executable.export public @entry_{operands}"]
        arguments = ", ".join(f"%arg{index}: !stream.binding" for index in range(operands + 1))
        functions += [f"      func.func @entry_{operands}({arguments}) {{", "        return", "      }"]
    return ["  stream.executable private @ex {", *exports, "    builtin.module {", *functions, "    }", "  }"]
