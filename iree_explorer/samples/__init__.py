"""Programs to begin with: small ones that each show one thing, and three real models.

`samples.diamond` is a `Sample`; `load`, `explore` and the command line take it where they take a path. `samples.ALL` is every one.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from typing_extensions import override

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sample:
    """A program that ships with the package.

    Attributes:
        name: its name, as in `samples.<name>`.
        summary: what it shows, one sentence.
        path: its stream-dialect IR, as it stands right before the schedule passes.
        origin: the StableHLO or linalg program that it was compiled from; None for programs written as stream IR.
    """

    name: str
    summary: str
    path: Path
    origin: Path | None = None

    def __fspath__(self) -> str:
        return str(self.path)

    @override
    def __repr__(self) -> str:
        return f"<Sample {self.name}: {self.summary}>"

    @property
    def text(self) -> str:
        """The stream-dialect IR."""
        return self.path.read_text(encoding="utf-8")


def _program(name: str, summary: str) -> Sample:
    return Sample(name, summary, _HERE / "programs" / f"{name}.mlir")


def _model(name: str, origin: str, summary: str) -> Sample:
    return Sample(name, summary, _HERE / "models" / f"{name}.mlir", _HERE / "models" / f"{name}.{origin}.mlir")


ALL: Final = (
    _program("diamond", "One op feeds two, a fourth joins them: the two in the middle share a wave."),
    _program("tied_hazard", "A dispatch rewrites half a buffer in place: readers of that half must come before it."),
    _program("two_devices", "Work on two devices, joined by transfers and timepoints."),
    _program("cloned_splat", "A fill that two regions need is cloned into both."),
    _program("round_trip", "The host reads a number back and decides what the device does next."),
    _program("loop", "A loop on the host carries a buffer from turn to turn."),
    _program("blocks", "The host branches: each block is partitioned on its own."),
    _program(
        "circle", "The compiler refuses it: a region and the host wait for each other. Another partitioner does not."
    ),
    _model("mlp", "linalg", "A multi-layer perceptron: 16 features, 32 hidden, 10 logits, softmax."),
    _model(
        "cnn", "stablehlo", "A convolutional network: two convolutions, maximum and average pooling, a dense layer."
    ),
    _model(
        "transformer", "stablehlo", "One transformer block: 16 tokens, 4 heads, layer norms, feed-forward with gelu."
    ),
)
"""Every sample, simplest first."""

_BY_NAME: Final = {sample.name: sample for sample in ALL}


def find(name: str) -> Sample | None:
    """The sample of that name, if there is one."""
    return _BY_NAME.get(name)


def nearest(name: str) -> str | None:
    """The name of the sample that somebody who wrote `name` may have meant, if one is near enough."""
    import difflib  # for errors alone

    return next(iter(difflib.get_close_matches(name, _BY_NAME, 1)), None)


def __getattr__(name: str) -> Sample:
    """Returns the sample of that name: `samples.diamond`."""
    try:
        return _BY_NAME[name]
    except KeyError:
        meant = nearest(name)
        hint = f"did you mean {meant!r}?" if meant else f"there are {', '.join(_BY_NAME)}"
        raise AttributeError(f"no sample is called {name!r}; {hint}") from None


def __dir__() -> list[str]:
    return [*_BY_NAME, "ALL", "Sample", "find", "nearest"]
