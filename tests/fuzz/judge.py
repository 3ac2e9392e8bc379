"""What became of a mutant: it went through, it was refused with a place, or it did harm."""

from __future__ import annotations

import re
import signal
import traceback
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from iree_explorer.errors import ExplorerError, InputError
from iree_explorer.frontends.load import decode
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.fuzz.mutations import MUTATIONS
from tests.fuzz.op_mutations import OP_MUTATIONS, broken
from tests.fuzz.programs import in_both_forms, pool

NAME = "mutant.mlir"
SECONDS = 10
"""No mutant may take longer."""

_PLACE = re.compile(rf"{re.escape(NAME)}:(\d+):(\d+): error: \S")
_UNPLACED = re.compile(r"error: \S")
_ACCIDENTS = (ArithmeticError, AssertionError, AttributeError, LookupError, NameError, TypeError)
"""What code raises that took a rule for granted; the error that came of it says nothing to a reader."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A broken program.

    Attributes:
        number: of the mutant; with it alone it can be made again.
        kind: name of the mutation.
        data: as it would stand in a file.
    """

    number: int
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant.

    Attributes:
        outcome: `accepted`, `refused`; `unclear`: refused in words that only the programmer understands; or a harm: `crash`, `hang`, `no place`.
        text: what was printed, the error, or the traceback's end.
    """

    outcome: str
    text: str

    @property
    def is_harm(self) -> bool:
        """Whether the package broke its promise."""
        return self.outcome in ("crash", "hang", "no place")


class TookTooLong(BaseException):
    """The alarm rang. Nothing may catch it on its way."""


def mutant(number: int, seed: int = 0, programs: Sequence[str] = ()) -> Mutant:
    """The mutant of a number; the same at every call with the same programs, by default those of the pool."""
    rng = Random(f"{seed}:{number}")
    kind = rng.choice(sorted(MUTATIONS))
    made = MUTATIONS[kind](rng.choice(programs or pool()), rng)
    return Mutant(number, kind, made if isinstance(made, bytes) else made.encode(errors="surrogatepass"))


def op_mutant(number: int, seed: int = 0, programs: Sequence[str] = ()) -> Mutant:
    """The mutant of a number in which one op is broken; the same at every call with the same programs, by default those of the pool.

    Of the programs at least one must be one that can be read.
    """
    rng = Random(f"ops:{seed}:{number}")
    kind = rng.choice(sorted(OP_MUTATIONS))
    forms: tuple[str, ...] = ()
    while not forms:
        forms = in_both_forms(rng.choice(programs or pool()))
    text = rng.choice(forms)
    return Mutant(number, kind, broken(text, kind, rng).encode(errors="surrogatepass"))


def judge(data: bytes, passes: str = "both") -> Verdict:
    """Loads, verifies, schedules and prints what the bytes of a file hold."""
    try:
        module = parse(decode(data, NAME), NAME)
        run_pipeline(module, oracle.pipeline(passes))
        return Verdict("accepted", print_module(module.op))
    except ExplorerError as error:
        return _of_error(error, data)
    except Exception as error:
        return Verdict("crash", _traceback_end(error))


def _of_error(error: ExplorerError, data: bytes) -> Verdict:
    words = str(error)
    if isinstance(error, InputError) or not is_inside(words, data):
        return Verdict("no place", words)
    cause = error.__cause__ or error.__context__
    if isinstance(cause, _ACCIDENTS):
        return Verdict("unclear", f"{words}\n{_traceback_end(cause)}")
    return Verdict("refused", words)


def is_inside(words: str, data: bytes) -> bool:
    """Whether an error's first line names a place in the text, one character behind a line's or the text's end included."""
    match = _PLACE.match(words)
    if match is None:
        return False
    lines = data.split(b"\n")
    line, column = int(match[1]), int(match[2])
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


def _traceback_end(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
    return f"{type(error).__name__}: {str(error)[:200]} at {places}"


@contextmanager
def alarm(seconds: float) -> Generator[None]:
    """Raises `TookTooLong` in the block after so many seconds of the process's own time (the machine may be busy)."""

    def ring(_signal: int, _frame: object) -> None:
        raise TookTooLong

    previous = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


def judge_in_time(data: bytes, passes: str = "both", seconds: float = SECONDS) -> Verdict:
    """`judge`, cut short where it takes too long."""
    try:
        with alarm(seconds):
            return judge(data, passes)
    except TookTooLong as error:
        return Verdict("hang", _traceback_end(error))
