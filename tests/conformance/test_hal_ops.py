"""HAL ops are read, verified and printed as iree-opt does it: what is valid in full, of the rest the first error."""

import pytest

from tests.conformance.answers import our_answer, real_answer

HEAD = (
    "util.func private @f(%d: !hal.device, %q: i64, %k: i32, %i: index, %t: !hal.fence, %u: !hal.fence, "
    "%c: !hal.command_buffer, %e: !hal.executable, %b: !hal.buffer, %f: !hal.file, %n: !hal.channel, %l: !hal.allocator, "
    "%mem: memref<?xi8>, %x: f32, %v: vector<f32>, %si: si32) {\n"
)

BODIES = (
    "%0 = hal.instrument.value[%mem : memref<?xi8> for %i] 100 : si8 = %x : f32",
    "%0 = hal.instrument.value[%mem : memref<?xi8> for %i] 100 : i16 = %x : f32",
    '%0 = hal.instrument.value[%mem : memref<?xi8> for %i] "a" = %x : f32',
    '%0 = hal.memory_type<"None|Foo"> : i32',
    "%0 = hal.memory_type<Foo> : i32",
    "%0 = hal.memory_type<3> : i32",
    '%0 = hal.memory_type<""> : i32',
    '%0 = hal.memory_type<"HostLocal|"> : i32',
    '%0 = "hal.memory_type"() <{type = 64 : i32}> : () -> i32',
    '%0 = "hal.memory_type"() <{type = 128 : i32}> : () -> i32',
    '%0 = "hal.memory_type"() <{type = 2 : i64}> : () -> i32',
    '%0 = "hal.memory_type"() <{type = "None"}> : () -> i32',
    '%0 = "hal.memory_type"() : () -> i32',
    "%0 = hal.memory_type<None> : i64",
    'hal.device.queue.execute<%d : !hal.device> affinity(%q) wait(%t) signal(%t) commands(%c) flags("None")',
    '%new_u = util.null : !hal.fence\nhal.device.queue.execute<%d : !hal.device> affinity(%q) wait(%new_u) signal(%new_u) commands(%c) flags("None")',
    'hal.device.queue.execute<%d : i32> affinity(%q) wait(%t) signal(%t) commands(%c) flags("None")',
    '%0 = util.null : !hal.fence\n"hal.device.queue.execute"(%d, %q, %t, %0) <{flags = 0 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence) -> ()',
    '%0 = util.null : !hal.fence\n"hal.device.queue.execute"(%d, %q, %t, %0, %c) <{flags = 2 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, !hal.command_buffer) -> ()',
    '%0 = util.null : !hal.fence\n"hal.device.queue.execute.indirect"(%d, %q, %t, %0, %c, %q, %q, %q) <{flags = 0 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, !hal.command_buffer, i64, i64, i64) -> ()',
    '%0 = util.null : !hal.fence\n%new_b = util.null : !hal.buffer\n"hal.command_buffer.fill_buffer"(%c, %new_b, %i, %i, %i) <{flags = 0 : i64}> : (!hal.command_buffer, !hal.buffer, index, index, index) -> ()',
    '"hal.command_buffer.fill_buffer"(%c, %q, %i, %i, %i) <{flags = 0 : i64}> : (!hal.command_buffer, i64, index, index, index) -> ()',
    "%0:2 = hal.device.memoize<%d : !hal.device> affinity(%q) -> i64, i32 {\nhal.return %q : i64\n}",
    "%0 = hal.device.memoize<%d : !hal.device> affinity(%q) -> i32 {\nhal.return %q : i64\n}",
    "hal.device.memoize<%d : !hal.device> affinity(%q) -> {\n}",
    "hal.buffer.store<%b : !hal.buffer>[%i] value(%si : si32)",
    "hal.buffer.store<%b : !hal.buffer>[%i] value(%v : vector<f32>)",
    'hal.command_buffer.dispatch<%c : !hal.command_buffer> target(%e : !hal.executable)[%q] workgroups([%i, %i, %i]) bindings([]) flags("None")',
    '"hal.command_buffer.dispatch"(%c, %e, %q, %i, %i, %i, %b, %i) <{flags = 0 : i64, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 0, 1, 1, 0>}> : (!hal.command_buffer, !hal.executable, i64, index, index, index, !hal.buffer, index) -> ()',
    '"hal.command_buffer.dispatch"(%c, %e, %q, %i, %i, %i) <{flags = 0 : i64, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 0, 0, 0, 0>}> : (!hal.command_buffer, !hal.executable, i64, index, index, index) -> ()',
    '"hal.command_buffer.collective"(%c, %n, %i) <{op = #stream.collective<send : f32>, operandSegmentSizes = array<i32: 1, 1, 1, 0, 0, 0, 0, 0, 0, 0>}> : (!hal.command_buffer, !hal.channel, index) -> ()',
    '"hal.command_buffer.collective"(%c, %f, %i) <{op = #hal.collective<send : f32>, operandSegmentSizes = array<i32: 1, 1, 1, 0, 0, 0, 0, 0, 0, 0>}> : (!hal.command_buffer, !hal.file, index) -> ()',
    "%o:2 = hal.allocator.resolve_memory_properties lifetime(*) : i32, i32",
    "%o:2 = hal.allocator.resolve_memory_properties lifetime(foo) : i32, i32",
    '%o:2 = "hal.allocator.resolve_memory_properties"() <{lifetime = 6 : i32}> : () -> (i32, i32)',
    "%new_b = hal.allocator.allocate<%l : !hal.allocator> affinity(%q) type(%k) usage(%k) : !hal.buffer {%i}\n%new_c = hal.allocator.allocate<%l : !hal.allocator> affinity(%q) type(%k) usage(%k) : !hal.buffer",
    "%new_e = hal.executable.lookup device(%d : !hal.device) executable(@kernels::@a) : !hal.executable",
    '%new_b = util.null : !hal.buffer\n%new_u = util.null : !hal.file\nhal.device.queue.copy<%d : !hal.device> affinity(%q) wait(%new_u) signal(%new_u) source(%new_b : !hal.buffer)[%i] target(%new_b : !hal.buffer)[%i] length(%i) flags("None")',
    '%new_b = util.null : !hal.file\nhal.device.queue.copy<%d : !hal.device> affinity(%q) wait(%u) signal(%u) source(%new_b : !hal.file)[%i] target(%new_b : !hal.file)[%i] length(%i) flags("None")',
    '%new_b = util.null : !hal.file\n%new_c = util.null : !hal.buffer\nhal.device.queue.read<%d : !hal.device> affinity(%q) wait(%u) signal(%u) source(%new_c : !hal.buffer)[%i] target(%new_b : !hal.file)[%i] length(%i) flags("None")',
)
"""Of functions, each about another rule."""


@pytest.mark.parametrize("body", BODIES)
def test_the_same_answer(body: str) -> None:
    text = f"{HEAD}{body}\nutil.return\n}}\n"
    assert our_answer(text) == real_answer(text)


def test_kinds_of_memory_and_uses_of_buffers_are_constants_that_clean_up_makes_one_of() -> None:
    body = "\n".join(
        f"%{name} = hal.{op}<{bits}> : i32"
        for name, op, bits in (
            ("a", "memory_type", "HostVisible"),
            ("g", "buffer_usage", "TransferTarget"),
            ("h", "buffer_usage", "Transfer"),
        )
    )
    text = f"{HEAD}cf.br ^bb1\n^bb1:\n{body}\nutil.optimization_barrier %a : i32\nutil.optimization_barrier %g : i32\nutil.optimization_barrier %h : i32\nutil.return\n}}\n"
    assert our_answer(text, "canonicalize") == real_answer(text, "canonicalize")
