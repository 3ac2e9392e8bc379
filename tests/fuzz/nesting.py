"""Texts that nest deep, whole or cut off."""

from __future__ import annotations

from random import Random

DEPTHS = (5, 60, 90, 130, 1_000, 10_000)

_HEAD = "util.func private @deep(%c: i1, %n: index, %r: !stream.resource<external>) {\n"
_TAIL = "\nutil.return\n}\n"

REGIONS = {
    "modules": ("", "module {\n", "", "}\n", ""),
    "scf.if": (_HEAD, "scf.if %c {\n", "", "}\n", _TAIL),
    "scf.for": (_HEAD, "scf.for %i{} = %n to %n step %n {{\n", "", "}\n", _TAIL),
    "else": (_HEAD, "scf.if %c {\n} else {\n", "", "}\n", _TAIL),
    "generic": (_HEAD, '"scf.if"(%c) ({\n', "", '"scf.yield"() : () -> ()\n}, {}) : (i1) -> ()\n', _TAIL),
    "execute": (
        _HEAD,
        "%e{0}:2 = stream.async.execute with() -> !stream.resource<external>{{%n}} {{\n",
        "stream.yield\n",
        "}} => !stream.timepoint\n",
        _TAIL,
    ),
    "unknown": (_HEAD, '"a.b"() ({\n', "", "}) : () -> ()\n", _TAIL),
}

ATTRIBUTES = {
    "array": ("[", "", "]"),
    "dictionary": ("{a = ", "1", "}"),
    "paren": ("(", "", ")"),
    "dense": ("dense<", "[" * 10 + "]" * 10, ">"),
    "lists of dense": ("[", "1", "]"),
    "affine": ("(", "d0", ")"),
    "minus": ("-", "d0", ""),
    "plus": ("d0 + (", "d0", ")"),
    "function type": ("() -> (", "index", ")"),
    "tuple": ("tuple<", "index", ">"),
    "list": ("!util.list<", "index", ">"),
    "tensor": ("tensor<4x", "f32", ">"),
    "vector": ("vector<4x", "f32", ">"),
    "pointer": ("!util.ptr<", "index", ">"),
    "location": ("callsite(unknown at ", "unknown", ")"),
    "fused": ("fused[", "unknown", "]"),
    "name": ('"a"(', "unknown", ")"),
    "symbol": ("@a::", "@b", ""),
    "opaque": ("#nowhere.a<", "1", ">"),
    "distinct": ("distinct[0]<", "unit", ">"),
    "bracketed": ("#util.composite<1xi8, [", "1", "]>"),
    "angles": ("<", "", ">"),
}

_AFFINE = frozenset({"affine", "minus", "plus"})
_LOCATIONS = frozenset({"location", "fused", "name"})
_DENSE = frozenset({"lists of dense"})


def deep(text: str, rng: Random) -> str:
    """A text that nests deep in regions or in attributes, with `text` behind it or cut off in the middle."""
    depth = rng.choice(DEPTHS)
    if rng.random() < 0.4:
        made = nested_regions(rng.choice(sorted(REGIONS)), depth)
    else:
        made = nested_attributes(rng.choice(sorted(ATTRIBUTES)), depth)
    if rng.random() < 0.3:
        return made[: rng.randrange(len(made))]
    return f"{made}{text}"


def nested_regions(name: str, depth: int) -> str:
    """A program of regions `depth` deep, one of the kinds of `REGIONS`."""
    head, before, middle, after, tail = REGIONS[name]
    opened = "".join(before.format(number) if "{{" in before else before for number in range(depth))
    return head + opened + middle + after.replace("}}", "}") * depth + tail


def nested_attributes(name: str, depth: int) -> str:
    """A program with an attribute or location `depth` deep, one of the kinds of `ATTRIBUTES`."""
    before, middle, after = ATTRIBUTES[name]
    word = before * depth + middle + after * depth
    if name in _AFFINE:
        word = f"affine_map<(d0) -> ({word})>"
    if name in _LOCATIONS:
        return f"util.func private @deep() loc({word})\n"
    if name in _DENSE:
        word = f"dense<{word}> : tensor<{'1x' * depth}i32>"
    return f"util.func private @deep() attributes {{a = {word}}}\n"
