"""What stands behind the module, `{-# … #-}`: read, refused and printed as iree-opt does."""

from __future__ import annotations

import pytest

from tests.conformance.answers import our_answer, real_answer

PROGRAM = "util.global private @g = dense_resource<w> : tensor<3xi8>\n"
BLOBS = (
    *('"0x04000000abcdef01"', '"0x0400000001"', '"0x04000000"', '"0X0400000001"', '"0x040000000"', '"0x0400"', '"0x"'),
    *('"0x04000000AG"', '"0x04 00000000"', '"0x0300000001"', '"abc"', '""', "3", "[1]", "true", ""),
)
DIALECTS = (
    *('foo: {w: "0x0400000001"}', 'util: {w: "0x0400000001"}', "util: {}", 'stream: {w: "0x0400000001"}', "arith: {}"),
    *('builtin: {w: "0x0400000001", w: "0x0400000002"}', 'builtin: {w: "0x0400000001", u: "abc"}'),
    *('builtin: {w: "0x0400000001" u: "0x0400000001"}', 'builtin: {w "0x0400000001"}', 'builtin: {w: "0x0400000001",}'),
    *('builtin: {"w": "0x0400000001", "x y": "0x0400000001"}', 'builtin {w: "0x0400000001"}', "builtin: 3", "3: {}"),
)
TOOLS = (
    *("foo: {w: true}", 'foo: {w: "abc", u: "0x04000000AA"}, bar: {a: false}', 'foo: {w: "0x04"}', "foo: {w: maybe}"),
    *('foo: {}, bar: {a: "x", a: "y", b: "0x04000000", c: "0X", d: "\\22", "e f": "0x0800000001"}', "foo: {}"),
    *('foo: {a: true}, "b c": {a: true}', "foo: {a: true}, foo: {b: true}", "foo: {a: }", "foo: {a: 0x04}", "foo: a"),
    *("3: {a: true}", "foo {a: true}", "foo: {a: true,}", "foo: {a: true},", "true: {i32: true}", 'foo: {a "x"}'),
    'mlir_reproducer: {pipeline: "builtin.module(cse)", disable_threading: true, verify_each: true}',
)
WHOLE = (
    *("{-# #-}", "{-# foo: {} #-}", "{-# 3 #-}", "{-# external_resources: {}, #-}", "{-# external_resources {} #-}"),
    '{-# external_resources: {foo: {a: true}}, dialect_resources: {builtin: {w: "0x0400000001"}} #-}',
    "{-# external_resources: {foo: {a: true}} #-}\n{-# external_resources: {foo: {b: true}} #-}",
    '{-# dialect_resources: {builtin: {w: "0x0400000001"}}',
)


@pytest.mark.parametrize("blob", BLOBS)
def test_blobs(blob: str) -> None:
    text = PROGRAM + f"{{-# dialect_resources: {{builtin: {{w: {blob}}}}} #-}}"
    assert our_answer(text) == real_answer(text)


@pytest.mark.parametrize("section", DIALECTS)
def test_resources_of_dialects(section: str) -> None:
    text = PROGRAM + f"{{-# dialect_resources: {{{section}}} #-}}"
    assert our_answer(text) == real_answer(text)


@pytest.mark.parametrize("section", TOOLS)
def test_resources_of_tools(section: str) -> None:
    text = f"module {{}}\n{{-# external_resources: {{{section}}} #-}}"
    assert our_answer(text) == real_answer(text)


@pytest.mark.parametrize("metadata", WHOLE)
def test_metadata(metadata: str) -> None:
    text = PROGRAM + metadata
    assert our_answer(text) == real_answer(text)


@pytest.mark.parametrize("type_", ["tensor<3xi8>", "vector<3xi8>", "tensor<3xi32>"])
def test_constants(type_: str) -> None:
    function = f"util.func @f() -> {type_} {{\n  %c = arith.constant dense_resource<w> : {type_}\n  util.return %c : {type_}\n}}\n"
    text = function + '{-# dialect_resources: {builtin: {w: "0x04000000010203"}} #-}'
    assert our_answer(text) == real_answer(text)
