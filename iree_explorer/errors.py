"""Every error raised on purpose. A reader of one knows the place and what to change."""

import os
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source text; `line` and `column` count from 1, as compilers print them."""

    file: str
    line: int
    column: int

    @classmethod
    def start_of(cls, file: str | os.PathLike[str]) -> "Location":
        """The place that stands for a file as a whole."""
        return cls(os.fspath(file), 1, 1)

    @override
    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class ExplorerError(Exception):
    """Base of all errors that the package raises on purpose.

    `str()` is what a user is shown: `file:line:column: error: message`, as compilers print it, or the message alone where
    there is no place to name.

    Attributes:
        message: the sentence, with no place in it.
        location: where in a program, or which file; None where it is neither.
    """

    def __init__(self, message: str, location: Location | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.location = location

    @override
    def __str__(self) -> str:
        return self.message if self.location is None else _line("error", self.message, self.location)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback: who asked for something wrong learns nothing from our frames."""
        return [f"{type(self).__name__}: {self}"]


class SourceError(ExplorerError):
    """The input, or what a pass is asked to do with it, is wrong at a place.

    `str()` says `error: ` without a location, too, and has a line for each note, and then the same for the other errors.

    Attributes:
        notes: further sentences, each with its own place or None, in reading order.
        others: what else is wrong with the program, in its order; see `raise_all`.
    """

    def __init__(
        self, message: str, location: Location | None = None, notes: tuple[tuple[str, Location | None], ...] = ()
    ) -> None:
        super().__init__(message, location)
        self.notes = notes
        self.others: tuple[SourceError, ...] = ()

    @override
    def __str__(self) -> str:
        return self._text(self.message)

    def _text(self, message: str) -> str:
        lines = [_line("error", message, self.location)]
        lines += [_line("note", message, location) for message, location in self.notes]
        lines += map(str, self.others)
        return "\n".join(lines)


class PassError(SourceError):
    """A pass refuses the program: valid IR that cannot be scheduled as asked.

    Attributes:
        brief: the message, with an op's name where the message shows it in full.
    """

    def __init__(
        self,
        message: str,
        location: Location | None = None,
        notes: tuple[tuple[str, Location | None], ...] = (),
        brief: str = "",
    ) -> None:
        super().__init__(message, location, notes)
        self.brief = brief or message

    @property
    def brief_text(self) -> str:
        """What `str()` gives, with the brief message."""
        return self._text(self.brief)


def raise_all(errors: Sequence[SourceError]) -> None:
    """Raises the first of errors, which tells of the rest as its `others`. Of none, nothing is raised.

    MLIR checks and changes functions in parallel, and tells the first error of each.
    """
    if errors:
        first, *rest = errors
        first.others += tuple(rest)
        raise first


class ExecutionError(ExplorerError):
    """A run cannot go on; the message names the op and the value."""


class InputError(ExplorerError):
    """What the user handed over (a path, an option, an argument of a run) does not fit."""


class PartitionerError(ExplorerError):
    """A user's partitioner raised what is no error of this package, and `__cause__` is that; or it changed the program."""

    @override
    def _render_traceback_(self) -> list[str]:
        """The traceback of what was raised: its frames are the user's own."""
        cause = self.__cause__
        if cause is None:
            return super()._render_traceback_()
        asked = cause.__traceback__  # The first frame is that of who asked the partitioner.
        frames = traceback.format_exception(type(cause), cause, asked and asked.tb_next)
        return [*frames, *super()._render_traceback_()]


def _line(severity: str, message: str, location: Location | None) -> str:
    place = f"{location}: " if location else ""
    return f"{place}{severity}: {message}"
