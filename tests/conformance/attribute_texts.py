"""Random attributes and types, most of them valid, as MLIR's grammar and the dialects around `stream` spell them."""

from __future__ import annotations

import re
from random import Random
from typing import Final

_GRAMMAR: Final[dict[str, tuple[str, ...]]] = {
    "attribute": (
        "{number}", "{number}", "{string}", "{symbol}", "{array}", "{dictionary}", "{map}", "{set}", "{dense}", "{dense}",
        "{data}", "{location}", "{type}", "{dialect}", "{dialect}", "{dialect}", "unit", "true", "false", "{distinct}", "{resource}",
    ),
    "number": (
        "{int}", "{int} : {integer}", "{int} : index", "-{int} : {integer}", "{float}", "{float} : {floating}", "-{float} : {floating}",
        "0x{hex} : {integer}", "0x{bits} : {floating}", "{int} : {type}",
    ),
    "int": ("0", "1", "2", "7", "127", "128", "255", "256", "32768", "65535", "2147483648", "9223372036854775807", "9223372036854775808"),
    "float": ("0.0", "1.0", "1.5", "3.14159274", "1.0e10", "2.5e-3", "1.0e300", "6.1e-5", "100.0", "0.1", "65504.0"),
    "hex": ("0", "1", "7F", "80", "3C00", "7FC0", "7F800000", "FF", "FFFF", "7FF0000000000000"),
    "bits": ("0", "1", "38", "3C", "3C00", "7F800000", "3F"),
    "integer": ("i1", "i8", "i16", "i32", "i64", "si8", "ui8", "ui32", "si64", "i4", "i7"),
    "floating": ("f32", "f32", "f64", "f16", "bf16", "f8E4M3FN", "f8E5M2", "f8E4M3FNUZ", "tf32"),
    "string": ('"a"', '""', '"a b"', r'"\22q\5C"', '"é"', r'"\0A"', '"a.b"', '"s" : i32'),
    "symbol": ("@a", "@a::@b", '@"a b"', "@a::@b::@c", "@_x", "@a.b$c-d"),
    "array": ("[]", "[{attribute}]", "[{attribute}, {attribute}]", "[{int}, {float}, {int} : i32]"),
    "dictionary": ("{{}}", "{{a}}", "{{a = {attribute}}}", "{{b = {attribute}, a = {attribute}}}", '{{"x y" = {attribute}, z.w}}'),
    "map": ("affine_map<{map_body}>",),
    "map_body": (
        "() -> ()", "(d0) -> (d0)", "(d0, d1) -> (d1, d0)", "(d0)[s0] -> (d0 + s0 * 4)", "(d0) -> ({term})", "(d0, d1) -> ({term}, d1 mod 3)",
        "(d0)[s0, s1] -> ({term}, s1 floordiv 2, -s0)",
    ),
    "term": ("d0 * 2 + 1", "d0 ceildiv 4", "d0 floordiv 3 - 1", "(d0 + 5) * 3", "d0 mod 8 + d0", "-d0 + 1", "d0 - d0", "0", "4 + 3", "d0 * 0"),
    "set": ("affine_set<(d0) : (d0 >= 0)>", "affine_set<(d0)[s0] : (d0 - s0 >= 0, d0 == 4)>", "affine_set<() : (1 == 0)>"),
    "dense": (
        "dense<{int}> : tensor<{shape}{integer}>", "dense<{float}> : tensor<{shape}{floating}>", "dense<[{int}, {int}]> : tensor<2x{integer}>",
        "dense<[[{int}], [{int}]]> : tensor<2x1x{integer}>", "dense<[{float}, -{float}]> : vector<2x{floating}>", "dense<true> : tensor<{shape}i1>",
        "dense<[true, false]> : tensor<2xi1>", "dense<> : tensor<0x{integer}>", 'dense<"0x{hex}{hex}"> : tensor<{shape}{integer}>',
        "dense<({float}, {float})> : tensor<{shape}complex<f32>>", "dense<0x{bits}> : tensor<{shape}{floating}>",
        "dense<-{int}> : tensor<{shape}{integer}>", "dense<{int}> : tensor<{shape}index>",
    ),
    "shape": ("", "2x", "1x2x", "4x", "0x", "3x3x", "?x"),
    "data": (
        "array<i64>", "array<i64: {int}, -{int}>", "array<i8: {int}>", "array<i1: true, false>", "array<f32: {float}, 0x{bits}>",
        "array<{integer}: {int}, {int}>", "array<{floating}: {float}>",
    ),
    "resource": ("dense_resource<a> : tensor<{shape}i32>", 'dense_resource<"a b"> : tensor<2xf32>'),
    "distinct": ("distinct[{small}]<unit>", "distinct[{small}]<>", "distinct[{small}]<{int} : i32>"),
    "location": (
        "loc(unknown)", 'loc("a")', 'loc("a.py":{small}:{small})', 'loc("n"("f":1:2))', 'loc(callsite("a" at "b"))', 'loc(fused["a", "b", "a"])',
        'loc(fused<"m">["a", unknown])', 'loc(callsite("f":{small}:1 at fused["x", "y"]))',
    ),
    "small": ("0", "1", "2", "3"),
    "type": (
        "{integer}", "{floating}", "index", "none", "tensor<{shape}{element}>", "tensor<*x{element}>", "vector<4x{floating}>", "vector<[4]xf32>",
        "memref<{shape}{element}>", "memref<?x4xf32, strided<[?, 1], offset: ?>>", "memref<4xf32, {int} : i32>", "memref<*xf32>",
        "memref<2x3xf32, affine_map<(d0, d1) -> (d1, d0)>>", "complex<f32>", "complex<{integer}>", "tuple<>", "tuple<i32, {type}>",
        "({type}) -> ()", "({type}, i1) -> ({type}, index)", "() -> {element}", "tensor<4x{element}, {dialect}>", "{dialect_type}", "{dialect_type}",
    ),
    "element": ("f32", "{integer}", "{floating}", "index", "complex<f32>", "!util.object"),
    "dialect_type": (
        "!stream.resource<{lifetime}>", "!stream.timepoint", "!stream.channel", "!stream.binding", "!stream.file", "!hal.buffer_view", "!hal.fence",
        "!hal.device", "!hal.command_buffer", "!util.list<{element}>", "!util.list<?>", "!util.buffer", "!util.ptr<{element}>", "!util.variant",
        "!flow.channel", "!flow.dispatch.tensor<readonly:tensor<{shape}f32>>", "!iree_tensor_ext.dispatch.tensor<{access}:tensor<{shape}{element}>>",
    ),
    "lifetime": ("*", "external", "staging", "transient", "variable", "constant"),
    "access": ("readonly", "writeonly", "readwrite"),
    "dialect": (
        "#hal.device.affinity<@a>", "#hal.device.affinity<@a, [{small}, {small}]>", "#hal.device.promise<@a>", "#hal.device.promise<@a, [0]>",
        '#hal.device.target<"local", [#hal.executable.target<"x", "y">]> : !hal.device', '#hal.device.target<"local", {dictionary}> : !hal.device',
        '#hal.executable.target<"llvm-cpu", "embedded-elf", {dictionary}>', '#hal.device.alias<"local"> : !hal.device',
        '#hal.device.alias<"local"[{small}], {dictionary}> : !hal.device', "#hal.device.ordinal<{small}> : !hal.device",
        "#hal.device.fallback<@a> : !hal.device", "#hal.device.select<[#hal.device.ordinal<0> : !hal.device]> : !hal.device",
        "#hal.device.topology<links = [(@a -> @b = {{unified_memory = true}})]>", "#hal.device.optimal<[#hal.device.affinity<@a>]>",
        "#hal.pipeline.layout<constants = {small}, bindings = [#hal.pipeline.binding<storage_buffer>]>",
        "#hal.pipeline.layout<bindings = [#hal.pipeline.binding<storage_buffer, ReadOnly>, #hal.pipeline.binding<uniform_buffer>]>",
        "#hal.descriptor_type<storage_buffer>", "#hal.interface.binding<{small}, {small}>",
        "#stream.partitioning_config<{favor}>", "#stream.resource_config<{{max_allocation_size = {int}, min_buffer_offset_alignment = {int}}}>",
        '#stream.parameter.named<"a"::"b"> : tensor<{shape}f32>', '#stream.parameter.named<"b"> : i32', "#stream.timepoint<immediate>",
        "#stream.collective<{collective} : f32>", "#stream.resource_config<{{memory_model = {memory}}}>",
        '#flow.parameter.named<"a"::"b"> : tensor<{shape}f32>', '#flow.parameter.named<"b"> : tensor<4xi8>',
        "#util.byte_pattern<{int}> : tensor<{shape}f32>", "#util.byte_range<{small}, {int}>", "#util.null : !util.buffer",
        "#util.composite<16xi8, [{dense}, {dense}]>", "#util.composite<8xi8, [dense<{int}> : vector<8xi8>]>", "#util.uninitialized : tensor<{shape}f32>",
        "#util.int.assumption<umin = {int}, umax = {int}, udiv = {small}>", "#util.int.assumption<>", "#util.inline.never", "#util.inline.always",
        "#iree_encoding.testing<>", "#iree_encoding.testing<layouts = [#iree_encoding.specialized<{small}>]>", "#iree_encoding.identity",
        "#iree_encoding.layout<[#iree_encoding.testing<>]>", "#iree_encoding.matmul_k<k_dims = [{small}]>", "#iree_encoding.padding<[{small}, ?]>",
        "#iree_encoding.encoding<operand_index = {small} : index, op_type = matmul, element_types = [f32, f32, f32]>",
        "#iree_encoding.packed_storage", "#iree_tensor_ext.ragged_shape<{small}>",
        "#linalg.iterator_type<parallel>", "#arith.overflow<nsw, nuw>", "#arith.fastmath<{fast}>",
    ),
    "favor": ('"debug"', '"min-peak-memory"', '"max-concurrency"', '"fastest"', "debug", "-debug", ""),
    "collective": ("all_gather", "all_reduce with sum", "reduce_scatter with maximum", "all_reduce", "send", "broadcast with sum"),
    "memory": ('"Unified"', "Unified", "Discrete", "1"),
    "fast": ("fast", "nnan,ninf", "contract", "none", "nnan, arcp"),
}  # fmt: skip
"""Nonterminal → what it may be; `{name}` stands for another one, `{{` and `}}` for braces."""

_NONTERMINAL = re.compile(r"\{(\w+)\}|\{\{|\}\}")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[#!@]?[\w.]+|->|::|\S')
_DEEP = 4


def attribute_text(choices: Random, *, broken: bool = False) -> str:
    """Returns the text of an attribute.

    Args:
        choices: decides.
        broken: drop, double or exchange tokens of it, so that it is mostly not valid.
    """
    text = _expanded("attribute", choices, 0)
    return _broken(text, choices) if broken else text


def _expanded(nonterminal: str, choices: Random, depth: int) -> str:
    forms = _GRAMMAR[nonterminal]
    if depth > _DEEP and nonterminal in ("attribute", "type"):
        forms = forms[:4]

    def expand(match: re.Match[str]) -> str:
        return match[0][0] if match[1] is None else _expanded(match[1], choices, depth + 1)

    return _NONTERMINAL.sub(expand, choices.choice(forms))


def _broken(text: str, choices: Random) -> str:
    tokens = list(_TOKEN.finditer(text))
    token = choices.choice(tokens)
    other = choices.choice(tokens)[0]
    new = choices.choice(
        (
            "",
            other,
            f"{token[0]} {other}",
            "<",
            ">",
            "(",
            "]",
            "{",
            ",",
            ":",
            "x",
            "7",
            '"s"',
            "@s",
            "#a",
            "-",
            "i32",
            "?",
        )
    )
    return text[: token.start()] + new + text[token.end() :]


def attribute_module(seed: int, *, broken: bool = False) -> str:
    """Returns a module with the attributes `util.a`, `util.b` and so on, of which the last is broken where that is wanted."""
    choices = Random(seed)
    texts = [attribute_text(choices) for _ in range(0 if broken else choices.randint(1, 4))]
    if broken:
        texts.append(attribute_text(choices, broken=True))
    entries = ", ".join(f"util.{name} = {text}" for name, text in zip("abcde", texts, strict=False))
    return f"module attributes {{{entries}}} {{\n}}\n"
