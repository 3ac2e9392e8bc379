"""The package's own names: what `import iree_explorer as ie` brings."""

import inspect
from importlib.resources import files

import pytest

import iree_explorer as ie

CALLS = [name for name in ie.__all__ if inspect.isfunction(getattr(ie, name))]


@pytest.mark.parametrize("name", ie.__all__)
def test_every_name_is_there_and_says_what_it_is(name: str) -> None:
    assert inspect.getdoc(getattr(ie, name))
    assert name in dir(ie)


def test_other_names_are_no_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        ie.nothing  # pyright: ignore[reportAttributeAccessIssue]  # noqa: B018


def test_types_are_part_of_the_package() -> None:
    assert files(ie).joinpath("py.typed").is_file()


@pytest.mark.parametrize("name", CALLS)
def test_every_argument_is_explained(name: str) -> None:
    call = getattr(ie, name)
    text = inspect.getdoc(call) or ""
    assert [parameter for parameter in inspect.signature(call).parameters if f"{parameter}:" not in text] == []


@pytest.mark.parametrize("name", CALLS)
def test_a_signature_names_types_as_they_are_written(name: str) -> None:
    assert "iree_explorer." not in str(inspect.signature(getattr(ie, name)))


def test_one_option_has_one_name_and_one_default() -> None:
    schedule, explore, compare = (inspect.signature(call).parameters for call in (ie.schedule, ie.explore, ie.compare))
    options = ("passes", "favor", "execution", "concurrency")
    assert [schedule[name].default for name in options] == [explore[name].default for name in options]
    assert [compare[name].default for name in options] == [None] * len(options)
    assert list(inspect.signature(ie.survey).parameters)[1:] == list(compare)[2:]
    run, debug, check = (inspect.signature(call).parameters for call in (ie.run, ie.debug, ie.check))
    for shared in (set(run) & set(debug), set(run) & set(check)):
        for name in shared:
            assert {options[name].default for options in (run, debug, check) if name in options} == {run[name].default}
