import subprocess
from pathlib import Path

import pytest

from iree_explorer import samples
from iree_explorer.errors import InputError, SourceError
from iree_explorer.frontends import compiler, load
from iree_explorer.frontends.load import decode
from iree_explorer.syntax import print_module


def test_stream_programs_need_no_compiler() -> None:
    assert not any(compiler.needs_compiler(sample.text) for sample in samples.ALL)


def test_origins_of_the_models_need_it() -> None:
    origins = [sample.origin for sample in samples.ALL if sample.origin]
    assert origins
    assert all(compiler.needs_compiler(origin.read_text()) for origin in origins)


def test_arithmetic_on_tensors_needs_it_and_on_numbers_does_not() -> None:
    text = "func.func @f(%x: {0}) -> {0} {{\n  %0 = arith.negf %x : {0}\n  return %0 : {0}\n}}\n"
    assert compiler.needs_compiler(text.format("tensor<4xf32>"))
    assert not compiler.needs_compiler(text.format("f32"))


@pytest.mark.parametrize("phase", ["preprocessing", "global-optimization", "dispatch-creation", "flow"])
def test_dumps_of_phases_need_it(phase: str, tmp_path: Path) -> None:
    sample = next(sample for sample in samples.ALL if sample.origin)
    tool = compiler.tool("iree-compile")
    assert sample.origin is not None
    assert tool is not None
    command = [
        tool,
        sample.origin,
        *compiler.FLAGS,
        f"--compile-to={phase}",
        "-o",
        tmp_path / "x",
    ]
    subprocess.run(command, check=True, capture_output=True)
    text = (tmp_path / "x").read_text()
    assert "stream.affinity.default = " in text
    assert compiler.needs_compiler(text)
    assert compiler.stream_ir(text, "x") == sample.text
    assert ("--compile-from=flow" in compiler.shown_command(text, "x")) == (phase == "flow")


@pytest.mark.parametrize("text", ["stream.async.x", '"stream.cmd.x"()', "%0 = stream.tensor.y", "(!stream.timepoint)"])
def test_ops_and_types_of_the_stream_dialect_say_that_it_is_not_needed(text: str) -> None:
    assert not compiler.needs_compiler(f"{text} linalg.fill")


@pytest.mark.parametrize("text", ["{stream.affinity = 1}", '#stream.parameter.named<"w">', "@stream.x", "my.stream.x"])
def test_its_attributes_do_not(text: str) -> None:
    assert compiler.needs_compiler(f"{text} linalg.fill")


@pytest.mark.parametrize("sample", [sample for sample in samples.ALL if sample.origin], ids=lambda sample: sample.name)
def test_the_models_are_what_the_compiler_makes_of_their_origins(sample: samples.Sample) -> None:
    assert sample.origin is not None
    assert compiler.stream_ir(sample.origin.read_text(), sample.name) == sample.text
    assert sample.origin is not None
    module = load(sample.origin)
    assert module.source.command.startswith(f"iree-compile {sample.origin} --iree-hal-target-device=local ")
    assert load(sample).source.command == ""


def test_its_first_error_is_told_with_its_place() -> None:
    broken = "func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {\n  %y = stablehlo.add %x, %z : tensor<4xf32>\n  return %y : tensor<4xf32>\n}\n"
    with pytest.raises(SourceError, match=r"^mine:2:\d+: error: use of undeclared SSA value name"):
        compiler.stream_ir(broken, "mine")


def test_an_error_is_told_where_the_program_was_made_if_it_knows_that() -> None:
    text = """func.func @f(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = "stablehlo.custom_call"(%x) <{call_target_name = "mine"}> : (tensor<?xf32>) -> tensor<?xf32> loc("model.py":12:5)
  return %y : tensor<?xf32>
}
"""
    with pytest.raises(SourceError, match=r"^model\.py:12:5: error: failed to legalize"):
        compiler.stream_ir(text, "f.mlir")


def test_without_the_compiler_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_tool(name: str) -> None:
        assert name in ("iree-compile", "iree-opt")

    monkeypatch.setattr(compiler, "tool", no_tool)
    with pytest.raises(InputError, match="pip install iree-base-compiler"):
        compiler.stream_ir("func.func @f() { return }", "f.mlir")
    with pytest.raises(
        InputError, match=r"^f\.mlirbc:1:1: error: this is MLIR bytecode.*pip install iree-base-compiler"
    ):
        decode(b"ML\xefR\x01", "f.mlirbc")


def test_bytecode_is_read_as_its_text(tmp_path: Path) -> None:
    tool = compiler.tool("iree-opt")
    assert tool is not None
    path = tmp_path / "diamond.mlirbc"
    subprocess.run([tool, "-", "--emit-bytecode", "-o", path], input=samples.diamond.text, text=True, check=True)
    assert path.read_bytes().startswith(b"ML\xefR")
    assert print_module(load(path).op) == print_module(load(samples.diamond).op)


def test_broken_bytecode_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.mlirbc"
    path.write_bytes(b"ML\xefR\x01" + bytes(range(256)))
    with pytest.raises(SourceError, match=rf"^{path}:1:1: error: ") as caught:
        load(path)
    assert len(str(caught.value).splitlines()) == 1


def test_the_tool_is_the_one_beside_this_python() -> None:
    path = compiler.tool("iree-compile")
    assert path is not None
    assert "3.13.0" in subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
