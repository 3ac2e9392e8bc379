"""How much two equal products overlap that are one wave: against the same two in turn, each on one thread and each cut in parts."""

import time

import numpy as np

from iree_explorer.execution import Program, run
from iree_explorer.execution.run import program_of
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse

SIZE = 1500
ROUNDS = 7

_TENSOR = f"tensor<{SIZE}x{SIZE}xf32>"
_HANDLE = f"!iree_tensor_ext.dispatch.tensor<{{}}:{_TENSOR}>"
_ALL = f"offsets = [0, 0], sizes = [{SIZE}, {SIZE}], strides = [1, 1]"
_R = "!stream.resource<external>{%size}"
_PRODUCT = f"""stream.async.dispatch @product::@product(%x[%c0 to %size for %size], %y[%c0 to %size for %size]) : ({_R}, {_R}) -> {_R}"""
PROGRAM = f"""
stream.executable private @product {{
  stream.executable.export public @product workgroups() -> (index, index, index) {{
    %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
    stream.return %x, %y, %z : index, index, index
  }}
  builtin.module {{
    func.func @product(%a: !stream.binding, %b: !stream.binding, %c: !stream.binding) {{
      %c0 = arith.constant 0 : index
      %zero = arith.constant 0.0 : f32
      %0 = stream.binding.subspan %a[%c0] : !stream.binding -> {_HANDLE.format("readonly")}
      %1 = stream.binding.subspan %b[%c0] : !stream.binding -> {_HANDLE.format("readonly")}
      %2 = stream.binding.subspan %c[%c0] : !stream.binding -> {_HANDLE.format("writeonly")}
      %3 = iree_tensor_ext.dispatch.tensor.load %0, {_ALL} : {_HANDLE.format("readonly")} -> {_TENSOR}
      %4 = iree_tensor_ext.dispatch.tensor.load %1, {_ALL} : {_HANDLE.format("readonly")} -> {_TENSOR}
      %5 = tensor.empty() : {_TENSOR}
      %6 = linalg.fill ins(%zero : f32) outs(%5 : {_TENSOR}) -> {_TENSOR}
      %7 = linalg.matmul ins(%3, %4 : {_TENSOR}, {_TENSOR}) outs(%6 : {_TENSOR}) -> {_TENSOR}
      iree_tensor_ext.dispatch.tensor.store %7, %2, {_ALL} : {_TENSOR} -> {_HANDLE.format("writeonly")}
      return
    }}
  }}
}}
util.func public @main(%a: !hal.buffer_view, %b: !hal.buffer_view) -> (!hal.buffer_view, !hal.buffer_view) {{
  %c0 = arith.constant 0 : index
  %size = arith.constant {4 * SIZE * SIZE} : index
  %x = stream.tensor.import %a : !hal.buffer_view -> {_TENSOR} in {_R}
  %y = stream.tensor.import %b : !hal.buffer_view -> {_TENSOR} in {_R}
  %0 = {_PRODUCT}
  %1 = {_PRODUCT.replace("%x[", "%t[").replace("%y[", "%x[").replace("%t[", "%y[")}
  %2 = stream.tensor.export %0 : {_TENSOR} in {_R} -> !hal.buffer_view
  %3 = stream.tensor.export %1 : {_TENSOR} in {_R} -> !hal.buffer_view
  util.return %2, %3 : !hal.buffer_view, !hal.buffer_view
}}
"""


def compare() -> None:
    """Prints milliseconds for the two products, and the ratios: best of several rounds, in which each way has its turn."""
    module = parse(PROGRAM)
    wave = program_of(schedule(module, trace=False))
    in_turn = program_of(schedule(module, concurrency="serial", trace=False))
    ways = {
        "a wave": (wave, 2),
        "in turn, a thread each": (in_turn, 1),
        "in turn, cut in parts": (in_turn, 2),
    }
    generator = np.random.default_rng(0)
    inputs = [generator.standard_normal((SIZE, SIZE), np.float32) for _ in range(2)]
    times: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, (program, workers) in ways.items():
            times[way].append(_time(program, workers, inputs))
    best = {way: min(found) for way, found in times.items()}
    for way, (wall, cpu) in best.items():
        ratio = best["a wave"][0] / wall
        print(
            f"two products of {SIZE} x {SIZE}, {way}: {wall:.1f} ms ({cpu:.1f} ms CPU); the wave takes {ratio:.2f} of it"
        )


def _time(program: Program, workers: int, inputs: list[np.ndarray]) -> tuple[float, float]:
    """Milliseconds from the start of the first product to the end of the last, and CPU milliseconds of the call."""
    before = time.process_time()
    result = run(program, "main", *inputs, workers=workers)
    cpu = time.process_time() - before
    products = [span for span in result.timeline.spans if span.name.startswith("dispatch")]
    assert len(products) == 2
    wall = max(span.end for span in products) - min(span.start for span in products)
    return wall / 1e6, cpu * 1e3
