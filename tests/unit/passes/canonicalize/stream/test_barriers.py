"""Barriers in a row."""

import pytest
from xdsl.ir import Operation, SSAValue

from iree_explorer.passes.canonicalize.stream import timepoint
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse


def test_a_barrier_looks_no_further_than_what_makes_its_resource(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[SSAValue] = []
    definition = timepoint.definition

    def counted(value: SSAValue) -> Operation | None:
        calls.append(value)
        return definition(value)

    monkeypatch.setattr(timepoint, "definition", counted)
    kind, count = "!stream.resource<external>", 100
    lines = [
        f"%r{n + 1}, %t{n + 1} = stream.timepoint.barrier %r{n} : {kind}{{%n}} => !stream.timepoint"
        for n in range(count)
    ]
    text = f"util.func public @f(%r0: {kind}, %n: index) -> ({kind}, !stream.timepoint) {{\n" + "\n".join(lines)
    module = parse(f"{text}\nutil.return %r{count}, %t{count} : {kind}, !stream.timepoint\n}}")
    run_pipeline(module, "builtin.module(canonicalize)")
    assert count <= len(calls) <= 8 * count
