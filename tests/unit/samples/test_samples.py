import re
from pathlib import Path

import pytest

from iree_explorer import samples
from tests.samples import fill_weights


def test_each_sample_is_an_attribute_and_a_path() -> None:
    for sample in samples.ALL:
        assert getattr(samples, sample.name) is sample
        assert Path(sample).read_text() == sample.text


def test_an_unknown_sample_names_the_known_ones() -> None:
    with pytest.raises(AttributeError, match="there are diamond, "):
        _ = samples.nothing
    with pytest.raises(AttributeError, match="did you mean 'transformer'"):
        _ = samples.tranformer


def test_every_file_is_listed() -> None:
    files = {
        path.name for folder in ("programs", "models") for path in (Path(samples.__file__).parent / folder).iterdir()
    }
    listed = {Path(sample).name for sample in samples.ALL} | {
        sample.origin.name for sample in samples.ALL if sample.origin
    }
    assert files == listed


def test_weights_are_the_same_at_every_filling() -> None:
    for sample in samples.ALL:
        if sample.origin:
            source = sample.origin.read_text()
            assert fill_weights(source) == source
            assert fill_weights(re.sub('"0x[0-9A-F]*"', '"0x"', source)) == source
