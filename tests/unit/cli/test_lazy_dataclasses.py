"""Dataclasses whose methods are compiled late behave as those of the standard library do."""

import dataclasses
from typing import Any

import pytest

from iree_explorer.cli.lazy_dataclasses import compile_methods_late
from iree_explorer.cli.main import main

pytestmark = pytest.mark.skipif(not hasattr(dataclasses, "_create_fn"), reason="this Python compiles classes at once")


def _classes() -> tuple[Any, Any, Any]:
    @dataclasses.dataclass(frozen=True, order=True)
    class Place:
        """A frozen one."""

        line: int
        column: int = 1
        notes: list[str] = dataclasses.field(default_factory=list[str], compare=False)

    @dataclasses.dataclass(frozen=True)
    class Named(Place):
        """A frozen one that inherits, and calls what it inherits."""

        name: str = ""

        def __post_init__(self) -> None:
            if not self.name:
                super().__init__(-1)

    @dataclasses.dataclass(slots=True)
    class Counter:
        """One that changes."""

        count: int = 0

    return Place, Named, Counter


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any, Any]:
    """The classes, made under `compile_methods_late`."""
    monkeypatch.setattr(dataclasses, "_create_fn", dataclasses.__dict__["_create_fn"])  # and put it back afterwards
    compile_methods_late()
    return _classes()


def _behaviour(classes: tuple[Any, Any, Any]) -> list[object]:
    place_class, named_class, counter_class = classes
    place, same, other = place_class(3), place_class(3, notes=["x"]), place_class(line=3, column=2)
    named, counter = named_class(1, 2, name="n"), counter_class()
    counter.count += 2
    found: list[object] = [place == same, place != other, place < other, hash(place) == hash(same), place == named]
    found += [
        dataclasses.astuple(named),
        dataclasses.replace(other, line=7).line,
        named_class(5).line,
        counter == counter_class(2),
    ]
    found += [repr(value).rpartition(".")[2] for value in (place, named, counter)]
    found.append([f.name for f in dataclasses.fields(named_class)])
    for change in (
        lambda: setattr(place, "line", 1),
        lambda: delattr(named, "name"),
        place_class,
        lambda: hash(counter),
    ):
        with pytest.raises((AttributeError, TypeError)) as error:
            change()
        found.append(str(error.value).rpartition(".")[2])
    return found


def test_late_methods_do_what_early_ones_do(late: tuple[Any, Any, Any]) -> None:
    assert _behaviour(late) == _behaviour(late)  # compiled by the first
    assert _behaviour(late) == _behaviour(_early())


def _early() -> tuple[Any, Any, Any]:
    with pytest.MonkeyPatch.context() as patch:
        hook: Any = dataclasses.__dict__["_create_fn"]
        patch.setattr(dataclasses, "_create_fn", hook._create)
        return _classes()


def test_the_first_call_puts_the_method_in_its_place(late: tuple[Any, Any, Any]) -> None:
    place_class = late[0]
    before = place_class.__init__
    place_class(1)
    assert place_class.__init__ is not before
    assert place_class.__init__.__code__.co_varnames[:3] == ("self", "line", "column")
    assert place_class.__init__.__qualname__ == before.__qualname__


def test_to_ask_twice_is_to_ask_once(late: tuple[Any, Any, Any]) -> None:
    hook = dataclasses.__dict__["_create_fn"]
    compile_methods_late()
    assert dataclasses.__dict__["_create_fn"] is hook


def test_a_program_that_calls_main_keeps_its_standard_library(capsys: pytest.CaptureFixture[str]) -> None:
    before = dataclasses.__dict__["_create_fn"]
    assert main(["opt", "no such file.mlir"]) == 1
    assert "no such file" in capsys.readouterr().err
    assert dataclasses.__dict__["_create_fn"] is before
