"""Two models of a size that counts, as StableHLO with their weights as arguments: a transformer and a ResNet-18.

`python -m bench.models FOLDER` writes their sources and stream IR there, to look at.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from iree_explorer.frontends.compiler import stream_ir

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """An SSA value of a program that is being written: its name and the shape of its tensor of f32."""

    name: str
    shape: Shape

    @property
    def type(self) -> str:
        """As MLIR writes it."""
        return f"tensor<{'x'.join(map(str, (*self.shape, 'f32')))}>"


@dataclass
class Writer:
    """Writes a function in StableHLO; each weight becomes an argument, filled from a seeded generator."""

    lines: list[str] = field(default_factory=list[str])
    arguments: list[Value] = field(default_factory=list[Value])
    inputs: list[npt.NDArray[np.float32]] = field(default_factory=list[npt.NDArray[np.float32]])
    generator: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    def argument(self, shape: Shape, scale: float = 1.0, mean: float = 0.0) -> Value:
        """A new argument with normal numbers."""
        value = Value(f"%arg{len(self.arguments)}", shape)
        self.arguments.append(value)
        self.inputs.append((mean + scale * self.generator.standard_normal(shape)).astype(np.float32))
        return value

    def matrix(self, *shape: int) -> Value:
        """A weight that keeps activations of order one; the last dimension is what comes out."""
        return self.argument(shape, 1 / np.sqrt(np.prod(shape[:-1])))

    def op(self, text: str, shape: Shape, types: str) -> Value:
        """A new value: `text` is the op with its operands, `types` the types of these or its whole type."""
        value = Value(f"%{len(self.lines)}", shape)
        arrow = f"({types}) -> {value.type}" if types else value.type
        self.lines.append(f"    {value.name} = {text} : {arrow}")
        return value

    def elementwise(self, name: str, *operands: Value) -> Value:
        """An op on tensors of one shape."""
        return self.op(f"stablehlo.{name} {', '.join(value.name for value in operands)}", operands[0].shape, "")

    def constant(self, number: str, shape: Shape = ()) -> Value:
        """A splat."""
        return self.op(f"stablehlo.constant dense<{number}>", shape, "")

    def broadcast(self, value: Value, shape: Shape, dims: Sequence[int]) -> Value:
        """`value`, its dimensions placed at `dims` of `shape`."""
        return self.op(f"stablehlo.broadcast_in_dim {value.name}, dims = {list(dims)}", shape, value.type)

    def reduce(self, name: str, value: Value, initial: str, dims: Sequence[int]) -> Value:
        """A fold over dimensions."""
        start = self.constant(initial)
        shape = tuple(size for dim, size in enumerate(value.shape) if dim not in dims)
        text = f"stablehlo.reduce({value.name} init: {start.name}) applies stablehlo.{name} across dimensions = {list(dims)}"
        return self.op(text, shape, f"{value.type}, {start.type}")

    def dot(self, left: Value, right: Value, dims: tuple[int, int], batch: int = 0) -> Value:
        """Contracts `dims`; the first `batch` dimensions of both go along."""
        shapes = [
            tuple(size for d, size in enumerate(v.shape) if d != dim) for v, dim in ((left, dims[0]), (right, dims[1]))
        ]
        batching = f"batching_dims = {list(range(batch))} x {list(range(batch))}, " if batch else ""
        text = (
            f"stablehlo.dot_general {left.name}, {right.name}, {batching}contracting_dims = [{dims[0]}] x [{dims[1]}]"
        )
        return self.op(text, (*shapes[0], *shapes[1][batch:]), f"{left.type}, {right.type}")

    def reshape(self, value: Value, *shape: int) -> Value:
        """The same elements."""
        return self.op(f"stablehlo.reshape {value.name}", shape, value.type)

    def transpose(self, value: Value, *dims: int) -> Value:
        """Dimensions in another order."""
        return self.op(
            f"stablehlo.transpose {value.name}, dims = {list(dims)}", tuple(value.shape[d] for d in dims), value.type
        )

    def convolve(self, image: Value, size: int, channels: int, stride: int) -> Value:
        """A convolution with a new square filter, NHWC and HWIO, padded so that only the stride makes it smaller."""
        weight, pad = self.matrix(size, size, image.shape[3], channels), size // 2
        batch, height, width, _ = image.shape
        text = (
            f"stablehlo.convolution({image.name}, {weight.name}) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], "
            f"window = {{stride = [{stride}, {stride}], pad = [[{pad}, {pad}], [{pad}, {pad}]]}} "
            "{batch_group_count = 1 : i64, feature_group_count = 1 : i64}"
        )
        return self.op(text, (batch, height // stride, width // stride, channels), f"{image.type}, {weight.type}")

    def pool(self, image: Value) -> Value:
        """The maximum of 3 x 3, every second."""
        lowest = self.constant("0xFF800000")
        batch, height, width, channels = image.shape
        text = (
            f'"stablehlo.reduce_window"({image.name}, {lowest.name}) <{{window_dimensions = array<i64: 1, 3, 3, 1>, '
            "window_strides = array<i64: 1, 2, 2, 1>, padding = dense<[[0, 0], [1, 1], [1, 1], [0, 0]]> : tensor<4x2xi64>}> ({\n"
            "    ^bb0(%a: tensor<f32>, %b: tensor<f32>):\n"
            "      %m = stablehlo.maximum %a, %b : tensor<f32>\n"
            "      stablehlo.return %m : tensor<f32>\n"
            "    })"
        )
        return self.op(text, (batch, height // 2, width // 2, channels), f"{image.type}, {lowest.type}")

    def source(self, result: Value) -> str:
        """The module: one function, @main."""
        arguments = ", ".join(f"{value.name}: {value.type}" for value in self.arguments)
        head = f"module {{\n  func.func @main({arguments}) -> {result.type} {{\n"
        return head + "\n".join(self.lines) + f"\n    return {result.name} : {result.type}\n  }}\n}}\n"


@dataclass(frozen=True, slots=True)
class Model:
    """A model: its name, StableHLO source, and arguments: the input, then the weights."""

    name: str
    source: str
    inputs: tuple[npt.NDArray[Any], ...]

    def stream_ir(self) -> str:
        """The model as stream IR right before the schedule passes, by the real compiler."""
        return stream_ir(self.source, f"{self.name}.mlir")


def transformer(width: int = 512, heads: int = 8, layers: int = 4, tokens: int = 128) -> Model:
    """An encoder: pre-norm, feed-forward of four times the width with tanh-gelu."""
    writer = Writer()
    x = writer.argument((tokens, width))
    for _ in range(layers):
        x = writer.elementwise("add", x, _attention(writer, _layer_norm(writer, x), heads))
        hidden = writer.dot(_layer_norm(writer, x), writer.matrix(width, 4 * width), (1, 0))
        x = writer.elementwise("add", x, writer.dot(_gelu(writer, hidden), writer.matrix(4 * width, width), (1, 0)))
    return Model("transformer", writer.source(x), tuple(writer.inputs))


def _layer_norm(writer: Writer, x: Value) -> Value:
    tokens, width = x.shape
    count = writer.constant(f"{width}.0", (tokens,))

    def mean(value: Value) -> Value:
        return writer.elementwise("divide", writer.reduce("add", value, "0.0", [1]), count)

    centred = writer.elementwise("subtract", x, writer.broadcast(mean(x), x.shape, [0]))
    variance = mean(writer.elementwise("multiply", centred, centred))
    scale = writer.elementwise("rsqrt", writer.elementwise("add", variance, writer.constant("1.0e-5", (tokens,))))
    normal = writer.elementwise("multiply", centred, writer.broadcast(scale, x.shape, [0]))
    gain, bias = writer.argument((width,), 0.1, 1.0), writer.argument((width,), 0.1)
    scaled = writer.elementwise("multiply", normal, writer.broadcast(gain, x.shape, [1]))
    return writer.elementwise("add", scaled, writer.broadcast(bias, x.shape, [1]))


def _attention(writer: Writer, x: Value, heads: int) -> Value:
    tokens, width = x.shape

    def project() -> Value:
        found = writer.dot(x, writer.matrix(width, width), (1, 0))
        return writer.transpose(writer.reshape(found, tokens, heads, width // heads), 1, 0, 2)

    query, key, value = project(), project(), project()
    scores = writer.dot(query, key, (2, 2), batch=1)
    root = writer.constant(f"{1 / np.sqrt(width // heads):e}", scores.shape)
    weights = _softmax(writer, writer.elementwise("multiply", scores, root))
    context = writer.transpose(writer.dot(weights, value, (2, 1), batch=1), 1, 0, 2)
    return writer.dot(writer.reshape(context, tokens, width), writer.matrix(width, width), (1, 0))


def _softmax(writer: Writer, scores: Value) -> Value:
    top = writer.reduce("maximum", scores, "0xFF800000", [2])
    powers = writer.elementwise("subtract", scores, writer.broadcast(top, scores.shape, [0, 1]))
    powers = writer.elementwise("exponential", powers)
    total = writer.reduce("add", powers, "0.0", [2])
    return writer.elementwise("divide", powers, writer.broadcast(total, scores.shape, [0, 1]))


def _gelu(writer: Writer, x: Value) -> Value:
    def scaled(value: Value, number: str) -> Value:
        return writer.elementwise("multiply", writer.constant(number, value.shape), value)

    cube = writer.elementwise("multiply", writer.elementwise("multiply", x, x), x)
    inner = writer.elementwise("add", x, scaled(cube, "4.471500e-02"))
    gate = writer.elementwise("tanh", scaled(inner, "0.797884583"))
    gate = writer.elementwise("add", gate, writer.constant("1.0", x.shape))
    return writer.elementwise("multiply", scaled(x, "0.5"), gate)


def resnet(size: int = 224, classes: int = 1000) -> Model:
    """ResNet-18 for one image, its batch norms folded into a scale and a shift."""
    writer = Writer()
    x = writer.argument((1, size, size, 3))
    x = writer.pool(_relu(writer, _normalised(writer, writer.convolve(x, 7, 64, 2))))
    for channels, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        x = _basic_block(writer, _basic_block(writer, x, channels, stride), channels, 1)
    batch, height, width, channels = x.shape
    mean = writer.elementwise(
        "divide", writer.reduce("add", x, "0.0", [1, 2]), writer.constant(f"{height * width}.0", (batch, channels))
    )
    dense = writer.dot(mean, writer.matrix(channels, classes), (1, 0))
    bias = writer.broadcast(writer.argument((classes,), 0.1), dense.shape, [1])
    return Model("resnet18", writer.source(writer.elementwise("add", dense, bias)), tuple(writer.inputs))


def _basic_block(writer: Writer, x: Value, channels: int, stride: int) -> Value:
    y = _relu(writer, _normalised(writer, writer.convolve(x, 3, channels, stride)))
    y = _normalised(writer, writer.convolve(y, 3, channels, 1))
    if y.shape != x.shape:
        x = _normalised(writer, writer.convolve(x, 1, channels, stride))
    return _relu(writer, writer.elementwise("add", x, y))


def _normalised(writer: Writer, x: Value) -> Value:
    channels = x.shape[3]
    scale, shift = writer.argument((channels,), 0.1, 1.0), writer.argument((channels,), 0.1)
    scaled = writer.elementwise("multiply", x, writer.broadcast(scale, x.shape, [3]))
    return writer.elementwise("add", scaled, writer.broadcast(shift, x.shape, [3]))


def _relu(writer: Writer, x: Value) -> Value:
    return writer.elementwise("maximum", x, writer.broadcast(writer.constant("0.0"), x.shape, []))


MODELS: Final[dict[str, Callable[[], Model]]] = {"transformer": transformer, "resnet18": resnet}
"""By name, made when called."""


def main() -> int:
    """Writes the sources and the stream IR."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="is made where there is none")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for make in MODELS.values():
        model = make()
        (folder / f"{model.name}.stablehlo.mlir").write_text(model.source)
        (folder / f"{model.name}.mlir").write_text(model.stream_ir())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
