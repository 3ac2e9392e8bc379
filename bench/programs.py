"""Programs of any size for benchmarks: one function of N dispatches, the same text for the same numbers."""

import random

_BYTES = 4096
_SIDE_EFFECT_EVERY = 500
_REACH = 40
"""How far back an operand may come from, in dispatches: models read what was made recently."""


def dispatches(count: int, devices: int = 1, *, side_effects: bool = False, seed: int = 0) -> str:
    """Returns a module with one function of `count` dispatches.

    Args:
        count: how many dispatches; each reads one to three resources made a little earlier.
        devices: how many devices the dispatches are spread over, in runs of twenty.
        side_effects: whether a host op that no work may cross stands between every 500 of them.
        seed: of the choices.
    """
    choices = random.Random(seed)
    lines = [
        f"module attributes {{stream.affinity.default = {_affinity(0)}}} {{",
        *[f"  util.global private @device_{index} : !hal.device" for index in range(devices)],
        *_executable(),
        "  util.func public @main(%arg0: !stream.resource<external>, %arg1: i1) -> !stream.resource<external> {",
        "    %c0 = arith.constant 0 : index",
        f"    %c{_BYTES} = arith.constant {_BYTES} : index",
    ]
    kinds = {"%arg0": "external"}
    values = ["%arg0"]
    for index in range(count):
        device = (index // 20) % devices
        operands = [choices.choice(values[-_REACH:]) for _ in range(choices.randint(1, 3))]
        kind = "external" if index == count - 1 else "transient"
        lines.append(_dispatch(index, device, operands, [kinds[operand] for operand in operands], kind))
        values.append(f"%{index}")
        kinds[f"%{index}"] = kind
        if side_effects and index % _SIDE_EFFECT_EVERY == _SIDE_EFFECT_EVERY - 1:
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
