"""Makes the sample models anew: `python -m tests.samples` (needs the real compiler).

Each source under `models/` gets its weights, and is compiled to stream IR as it stands right before the schedule passes.
"""

import re
import zlib

import numpy as np

from iree_explorer import samples
from iree_explorer.frontends.compiler import stream_ir

MODELS = samples.transformer.path.parent
_WEIGHTS = re.compile(r'%(\w+) = (\S+) dense<"0x[0-9A-F]*"> : tensor<([0-9x]+)xf32>')


def fill_weights(source: str) -> str:
    """Returns the source with every `dense<"0x…">` constant filled, always with the same numbers.

    Gains are near one, biases near zero, matrices scaled by the square root of their fan-in, so that activations stay of order one.
    """

    def fill(match: re.Match[str]) -> str:
        name, op, dimensions = match.groups()
        shape = tuple(int(size) for size in dimensions.split("x"))
        normal = np.random.default_rng(zlib.crc32(name.encode())).standard_normal(shape)
        fan_in = max(1, int(np.prod(shape[:-1])))
        values = (1.0 if name.startswith("gain") else 0.0) + normal / (10 if len(shape) == 1 else np.sqrt(fan_in))
        return f'%{name} = {op} dense<"0x{values.astype("<f4").tobytes().hex().upper()}"> : tensor<{dimensions}xf32>'

    return _WEIGHTS.sub(fill, source)


def main() -> None:
    """Writes every model's source with its weights, and its stream IR beside it."""
    for path in sorted([*MODELS.glob("*.linalg.mlir"), *MODELS.glob("*.stablehlo.mlir")]):
        path.write_text(fill_weights(path.read_text()))
        stream = path.with_name(path.name.split(".")[0] + ".mlir")
        stream.write_text(stream_ir(path.read_text(), path.name))
        print(f"{path.name} -> {stream.name}")


if __name__ == "__main__":
    main()
