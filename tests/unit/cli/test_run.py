"""`iree-explorer run`."""

import json
from pathlib import Path

import numpy as np
import pytest

from iree_explorer.cli import main
from iree_explorer.execution import save_parameters
from tests.unit.execution.chains import CHAIN


def test_run_prints_results_as_the_real_tool_does(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    trace = tmp_path / "t.json"
    assert main(["run", "tied_hazard", "--input=1024xf32=0.5", f"--trace={trace}", "--workers=2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["EXEC @main", "result[0]: hal.buffer_view"]
    assert lines[2].startswith("1024xf32=-0.5 -0.5 ")
    assert lines[4].startswith("512xf32=2 2 ")
    events = json.loads(trace.read_text())["traceEvents"]
    assert any(event["args"].get("where") == "partition 0, wave 0" for event in events)


def test_run_reads_and_writes_arrays(tmp_path: Path) -> None:
    x = np.linspace(-1, 1, 1024, dtype=np.float32)
    np.save(tmp_path / "x.npy", x)
    assert main(["run", "diamond", f"--input=@{tmp_path}/x.npy", f"--output=@{tmp_path}/y.npy"]) == 0
    np.testing.assert_allclose(np.load(tmp_path / "y.npy"), np.exp(2 * x) - 2 * x, rtol=1e-5)


def test_run_compares_results_with_what_is_expected(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["run", "tied_hazard", "--input=1024xf32=0.5", "--expected_output=(ignored)"]
    assert main([*command, "--expected_output=512xf32=2.00001"]) == 0
    assert capsys.readouterr().out == "EXEC @main\n[SUCCESS] all function outputs matched their expected values.\n"
    assert (
        main([*command, "--expected_output=512xf32=3", "--output=-", "--output=", "--output_max_element_count=2"]) == 1
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "1024xf32=-0.5 -0.5..."
    assert lines[3] == "[FAILED] result[1]: element at index 0 (2) does not match the expected (3)"


COMMANDS = """util.func public @main() -> !hal.buffer_view {
  %c16 = arith.constant 16 : index
  %c0 = arith.constant 0 : index
  %v = arith.constant 1 : i32
  %r, %t = stream.resource.alloca uninitialized : !stream.resource<transient>{%c16} => !stream.timepoint
  %d = stream.cmd.execute await(%t) => with(%r as %x: !stream.resource<transient>{%c16}) {
    stream.cmd.fill %v, %x[%c0 for %c16] : i32 -> !stream.resource<transient>{%c16}
  } => !stream.timepoint
  %f = stream.timepoint.await %d => %r : !stream.resource<transient>{%c16}
  %e = stream.tensor.export %f : tensor<4xi32> in !stream.resource<transient>{%c16} -> !hal.buffer_view
  util.return %e : !hal.buffer_view
}
"""


def test_commands_are_refused_and_not_cleaned_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The clean-up of the passes drops a `stream.cmd.execute`: nothing uses its results. A run would give zeros."""
    path = tmp_path / "x.mlir"
    path.write_text(COMMANDS)
    assert main(["run", str(path)]) == 1
    assert (
        f"{path}:6:8: error: %0 = stream.cmd.execute: 'stream.cmd.execute' is not supported by the numpy backend: it comes later"
        in capsys.readouterr().err
    )


PARAMETER = """util.func public @main() -> !hal.buffer_view {
  %c4 = arith.constant 4 : index
  %w = stream.async.constant : !stream.resource<constant>{%c4} = #stream.parameter.named<"model"::"w"> : tensor<4xi8>
  %0 = stream.async.clone %w : !stream.resource<constant>{%c4} -> !stream.resource<external>{%c4}
  %1 = stream.tensor.export %0 : tensor<4xi8> in !stream.resource<external>{%c4} -> !hal.buffer_view
  util.return %1 : !hal.buffer_view
}
"""


@pytest.mark.parametrize("backend", ["numpy", "iree"])
def test_run_takes_parameters_from_files(backend: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, file = tmp_path / "x.mlir", tmp_path / "w.irpa"
    path.write_text(PARAMETER)
    save_parameters(file, {"w": np.arange(4, dtype=np.int8)})
    assert main(["run", str(path), f"--backend={backend}", f"--parameters=model={file}"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "4xi8=0 1 2 3"
    assert main(["run", str(path), f"--backend={backend}", f"--parameters={file}"]) == 1
    assert "'model" in capsys.readouterr().err
    assert main(["run", str(path), f"--parameters=model={file}x"]) == 1
    assert capsys.readouterr().err.startswith(f"{file}x:1:1: error: parameters are read from .irpa, ")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "1 input (1024xf32), none is given; for example: iree-explorer run diamond --input=1024xf32=1\n"),
        (["--input=1024xf32=0", "--seed=1", "--backend=iree"], "only for the numpy backend"),
        (
            ["--input=1024xf32=0", "--expected_output=1", "--expected_output=2"],
            "1 result, but --expected_output is given 2 times",
        ),
        (
            ["--input=1024xf32=0", "--expected_output=1024xf32=0", "--output=-", "--output=-"],
            "--output is given 2 times",
        ),
        (["--input=4xf32=1"], "1024xf32"),
        (["--input=1024xf32=0", "--input=nonsense"], "error: input 1: element type 'nonsense'"),
        (["--input=1024xf32=0", "--expected_output=x"], "error: expected output 0: element type 'x'"),
        (["--input=1024xf32=0", "--function=other"], "other"),
        (["--input=1024xf32=0", "--output=-", "--output=-"], "1 result, but --output is given 2 times"),
    ],
)
def test_run_says_what_does_not_fit(options: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "diamond", *options]) == 1
    error = capsys.readouterr().err
    assert "error: " in error
    assert message in error
    assert "Traceback" not in error


def test_run_looks_for_the_first_nan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "chain.mlir"
    path.write_text(CHAIN)
    command = ["run", str(path), "--input=2x3xf32=1 -4 9 16 25 36"]
    assert main(command) == 0
    capsys.readouterr()
    assert main([*command, "--check-finite"]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"{path}:")
    assert "makes nan of finite inputs" in error
