"""Functions of random ops on shapes and parts of tensors: what a clean-up knows of sizes, and what it refuses."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final, NamedTuple

_INDICES: Final = ("%c0", "%c1", "%c4", "%c8", "%i0", "%i1")
_FLOATS: Final = ("%f0", "%f1")


class _Tensor(NamedTuple):
    """A tensor value and its shape; None: a dynamic dimension."""

    name: str
    shape: tuple[int | None, ...]

    @property
    def type(self) -> str:
        sizes = "".join("?x" if size is None else f"{size}x" for size in self.shape)
        return f"tensor<{sizes}f32>"


_ARGUMENTS: Final = (
    _Tensor("%t0", (4, 8)),
    _Tensor("%t1", (None, 8)),
    _Tensor("%t2", (None, None)),
    _Tensor("%t3", (6,)),
)


class _Writer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.tensors = list(_ARGUMENTS)
        self.indices: list[str] = list(_INDICES)
        self.floats: list[str] = list(_FLOATS)
        self._names = 0

    def name(self) -> str:
        self._names += 1
        return f"%v{self._names}"

    def op(self) -> None:
        """A random op on values that there are."""
        self.random.choice((
            self._dim, self._dim, self._rank, self._empty, self._generate, self._cast, self._cast, self._extract_slice,
            self._insert_slice, self._concat, self._collapse, self._expand, self._from_elements, self._extract,
            self._insert, self._splat, self._constant, self._pad,
        ))()  # fmt: skip

    # --- Draws ---

    def index(self) -> str:
        return self.random.choice(self.indices)

    def float(self) -> str:
        return self.random.choice(self.floats)

    def tensor(self) -> _Tensor:
        return self.random.choice(self.tensors[-5:] if self.random.random() < 0.7 else self.tensors)

    def shape(self, *sizes: int | None) -> tuple[int | None, ...]:
        return tuple(self.random.choice(sizes) for _ in range(self.random.choice((1, 2, 2))))

    def place(self, shape: Sequence[object], *numbers: str) -> str:
        """One number, or value, for each dimension."""
        return ", ".join(self.random.choice((self.index(), *numbers)) for _ in shape)

    def sizes(self, shape: Sequence[int | None]) -> str:
        return ", ".join(self.index() if size is None else str(size) for size in shape)

    def dynamic(self, shape: Sequence[int | None]) -> str:
        return ", ".join(self.index() for size in shape if size is None)

    def _body(self, rank: int) -> str:
        arguments = ", ".join(f"{self.name()}: index" for _ in range(rank))
        return f"{{\n  ^bb0({arguments}):\n    tensor.yield {self.float()} : f32\n  }}"

    def add(self, shape: Sequence[int | None], op: str) -> None:
        """Writes an op that makes a tensor; `@` stands for its type."""
        made = _Tensor(self.name(), tuple(shape))
        self.lines.append(f"  {made.name} = {op.replace('@', made.type)}")
        self.tensors.append(made)

    # --- Ops ---

    def _dim(self) -> None:
        tensor, name = self.tensor(), self.name()
        if tensor.shape:
            number = self.random.choice(("%c0", "%c1")[: len(tensor.shape)])
            self.lines.append(f"  {name} = tensor.dim {tensor.name}, {number} : {tensor.type}")
            self.indices.append(name)

    def _rank(self) -> None:
        tensor, name = self.tensor(), self.name()
        self.lines.append(f"  {name} = tensor.rank {tensor.name} : {tensor.type}")
        self.indices.append(name)

    def _empty(self) -> None:
        shape = self.shape(None, None, 4, 8)
        self.add(shape, f"tensor.empty({self.dynamic(shape)}) : @")

    def _generate(self) -> None:
        shape = self.shape(None, None, 4, 8)
        self.add(shape, f"tensor.generate {self.dynamic(shape)} {self._body(len(shape))} : @")

    def _cast(self) -> None:
        tensor = self.tensor()
        if self.random.random() < 0.5:
            shape = [self.random.choice((None, size)) for size in tensor.shape]
        else:
            shape = [self.random.choice((None, 4, 6, 8)) if size is None else size for size in tensor.shape]
        self.add(shape, f"tensor.cast {tensor.name} : {tensor.type} to @")

    def _extract_slice(self) -> None:
        tensor = self.tensor()
        sizes = [self.random.choice((None, 1, 2, 4)) for _ in tensor.shape]
        kept = [size for size in sizes if size != 1 or self.random.random() < 0.5]
        place = f"[{self.place(sizes, '0', '0', '1')}] [{self.sizes(sizes)}] [{self.place(sizes, '1', '1', '1', '2')}]"
        self.add(kept, f"tensor.extract_slice {tensor.name}{place} : {tensor.type} to @")

    def _insert_slice(self) -> None:
        into = self.tensor()
        part = self.random.choice([tensor for tensor in self.tensors if len(tensor.shape) == len(into.shape)])
        pairs = zip(part.shape, into.shape, strict=True)
        if into.shape and not any(a is not None and b is not None and a > b for a, b in pairs):
            place = f"[{self.place(part.shape, '0', '0')}] [{self.sizes(part.shape)}] [{', '.join('1' for _ in part.shape)}]"
            self.add(into.shape, f"tensor.insert_slice {part.name} into {into.name}{place} : {part.type} into @")

    def _concat(self) -> None:
        first = self.tensor()
        if not first.shape:
            return
        alike = [t for t in self.tensors if len(t.shape) == len(first.shape) and t.shape[1:] == first.shape[1:]]
        parts = [first, *(self.random.choice(alike) for _ in range(self.random.choice((0, 1, 1, 2))))]
        lengths = [part.shape[0] for part in parts]
        length = None if None in lengths else sum(size or 0 for size in lengths)
        names, types = ", ".join(part.name for part in parts), ", ".join(part.type for part in parts)
        self.add((length, *first.shape[1:]), f"tensor.concat dim(0) {names} : ({types}) -> @")

    def _collapse(self) -> None:
        tensor = self.tensor()
        if len(tensor.shape) == 2:
            a, b = tensor.shape
            size = None if a is None or b is None else a * b
            self.add((size,), f"tensor.collapse_shape {tensor.name} [[0, 1]] : {tensor.type} into @")

    def _expand(self) -> None:
        tensor = self.tensor()
        if len(tensor.shape) != 1 or (tensor.shape[0] or 0) % 2:
            return
        shape = (None, 4) if tensor.shape[0] is None else (tensor.shape[0] // 2, 2)
        sizes = f"output_shape [{self.sizes(shape)}]"
        self.add(shape, f"tensor.expand_shape {tensor.name} [[0, 1]] {sizes} : {tensor.type} into @")

    def _from_elements(self) -> None:
        count = self.random.choice((1, 2, 3))
        self.add((count,), f"tensor.from_elements {', '.join(self.float() for _ in range(count))} : @")

    def _extract(self) -> None:
        tensor, name = self.tensor(), self.name()
        indices = ", ".join(self.random.choice(("%c0", "%c1", "%i0")) for _ in tensor.shape)
        self.lines.append(f"  {name} = tensor.extract {tensor.name}[{indices}] : {tensor.type}")
        self.floats.append(name)

    def _insert(self) -> None:
        tensor = self.tensor()
        indices = ", ".join(self.random.choice(("%c0", "%c1", "%i0")) for _ in tensor.shape)
        self.add(tensor.shape, f"tensor.insert {self.float()} into {tensor.name}[{indices}] : @")

    def _splat(self) -> None:
        shape = self.shape(None, 4, 8)
        sizes = f"[{self.dynamic(shape)}]" if None in shape else ""
        self.add(shape, f"tensor.splat {self.float()}{sizes} : @")

    def _constant(self) -> None:
        self.add((4, 8), "arith.constant dense<1.0> : @")

    def _pad(self) -> None:
        tensor = self.tensor()
        if not tensor.shape:
            return
        low, high = (self.place(tensor.shape, "0", "0", number).split(", ") for number in "12")
        shape = [
            None if size is None or not (before + behind).isdigit() else size + int(before) + int(behind)
            for size, before, behind in zip(tensor.shape, low, high, strict=True)
        ]
        around = f"low[{', '.join(low)}] high[{', '.join(high)}] {self._body(len(shape))}"
        self.add(shape, f"tensor.pad {tensor.name} {around} : {tensor.type} to @")


def tensor_shapes(seed: int) -> str:
    """The program of a seed: one function, which returns the last values of each kind."""
    writer = _Writer(seed)
    for number in (0, 1, 4, 8):
        writer.lines.append(f"  %c{number} = arith.constant {number} : index")
    for _ in range(writer.random.choice((3, 5, 8, 12))):
        writer.op()
    results = [*writer.tensors[-2:], *((name, "index") for name in writer.indices[-2:]), (writer.floats[-1], "f32")]
    names = ", ".join(r.name if isinstance(r, _Tensor) else r[0] for r in results)
    types = ", ".join(r.type if isinstance(r, _Tensor) else r[1] for r in results)
    arguments = ", ".join(f"{argument.name}: {argument.type}" for argument in _ARGUMENTS)
    head = f"util.func public @f({arguments}, %i0: index, %i1: index, %f0: f32, %f1: f32) -> ({types})"
    return "\n".join([f"{head} {{", *writer.lines, f"  util.return {names} : {types}", "}", ""])
