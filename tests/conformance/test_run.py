"""What a schedule computes on numpy is what it computes on the real CPU runtime."""

from pathlib import Path

import numpy as np
import pytest

from iree_explorer import samples
from iree_explorer.execution import run, signature
from iree_explorer.execution.values.made_up import made_up
from iree_explorer.frontends import load
from iree_explorer.passes.schedule import schedule
from tests.conformance import oracle

TOLERANCE = 1e-4
TURNS = 3
"""The value of integer arguments of the samples: turns of a loop, which way a branch goes."""
DEVICES = {"two_devices": 2}
EXECUTION = {"circle": "fewest-handovers"}
"""Who makes the execution regions, where the reference refuses to."""


def _scalar(type_: object) -> int:
    return 1 if str(type_) == "i1" else TURNS


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.name)
def test_samples_compute_what_the_real_runtime_computes(sample: samples.Sample, tmp_path: Path) -> None:
    module = load(sample)
    scheduled = schedule(module, execution=EXECUTION.get(sample.name, "reference"))
    generator = np.random.default_rng(7)
    types = signature(module, "main")
    inputs = [_scalar(type_) if type_.shape is None else made_up(type_, generator) for type_ in types.inputs]
    files: list[Path | str] = []
    for number, value in enumerate(inputs):
        if isinstance(value, int):
            files.append(str(value))
        else:
            files.append(tmp_path / f"in_{number}.npy")
            np.save(files[-1], value)
    compiled = oracle.compile_scheduled(scheduled.text, tmp_path)
    real = oracle.run_module(compiled, "main", files, tmp_path, len(types.outputs), DEVICES.get(sample.name, 1))
    ours = run(scheduled, "main", *inputs).outputs
    assert len(ours) == len(real)
    for value, path in zip(ours, real, strict=True):
        np.testing.assert_allclose(value, np.load(path), rtol=TOLERANCE, atol=1e-6)


@pytest.mark.parametrize("name", ["ui8", "i8", "ui16", "ui32", "ui64", "i64"])
def test_integers_keep_their_sign_or_have_none(name: str, tmp_path: Path) -> None:
    text = f"""func.func @main(%x: tensor<3x{name}>) -> tensor<3x{name}> {{
  %0 = stablehlo.add %x, %x : tensor<3x{name}>
  return %0 : tensor<3x{name}>
}}
"""
    given = f"3x{name}={'100 1 200' if name.startswith('u') else '50 1 -60'}"
    module = load(text)
    (ours,) = run(schedule(module), "main", given).outputs
    (real,) = oracle.run_module(oracle.compile_source(text, tmp_path), "main", [given], tmp_path, 1)
    assert ours.tolist() == np.load(real).tolist()
    assert ours.dtype == np.load(real).dtype
    assert str(signature(module)) == f"(3x{name}) -> (3x{name})"
