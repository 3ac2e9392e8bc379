"""What a pass is: a frozen dataclass whose fields are its options, applied to one operation at a time."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Self, TypeAlias

from xdsl.ir import Operation

from iree_explorer.errors import InputError, Location
from iree_explorer.ir.storage import with_ancestors

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness
    from iree_explorer.syntax import Module


Origins: TypeAlias = "Callable[[], Iterable[tuple[Operation, Operation]]]"
"""Tells pairs: an operation that a pass made, and one that it was made from."""


@dataclass(frozen=True, slots=True)
class PassRun:
    """What a pass is handed beside its operation.

    Attributes:
        module: the module that is changed in place; names the places of its operations.
        witness: records the steps of the pass; None records nothing and costs nothing.
        made: operations that the passes made or may have broken, to be verified when the passes on an operation are through.
        origins: what the operations in `made` were made from, which may be made, or gone, too; asked where an error is told.
    """

    module: Module
    witness: Witness | None = None
    made: list[Operation] = field(default_factory=list[Operation])
    origins: list[Origins] = field(default_factory=list["Origins"])

    def location_of(self, op: Operation) -> Location | None:
        """Where errors about `op` point: to what it was made from, or else as `Module.location_of`.

        # MLIR: patterns give what they make the location of the op that they rewrite
        """
        offsets = self.module.offsets
        origins = dict(pair for pairs in self.origins for pair in pairs())
        for around in with_ancestors(op):
            here: Operation | None = around
            while here is not None:
                if here in offsets:
                    return self.module.location_of(here)
                here = origins.pop(here, None)  # Asked once: a rule may put what it rewrites back into what it makes.
        return None

    def moment(self, name: str, op: Operation) -> None:
        """Tells the witness, where there is one, that the IR of `op` is whole; `name` says what was done last."""
        if self.witness is not None:
            self.witness.moment(name, op)


@dataclass(frozen=True)
class OperationPass(ABC):
    """A change of one operation and what it holds; subclasses are frozen dataclasses, their fields the pass's options.

    Attributes:
        name: the pass's name in a pipeline's text.
        class_name: the compiler's name of the pass, in its messages.
        interface: what the operations that it runs on implement; by default it runs on any that is isolated from above.
    """

    name: ClassVar[str]
    class_name: ClassVar[str]
    interface: ClassVar[type[Operation]] = Operation

    @abstractmethod
    def apply(self, op: Operation, run: PassRun) -> None:
        """Change `op` in place.

        Raises:
            PassError: the pass refuses the program; what it holds then is unspecified.
        """

    @classmethod
    def with_options(cls, options: Mapping[str, str]) -> Self:
        """The pass as a pipeline's `name{option=text …}` asks for it; an option is its field with `-` for `_`.

        Raises:
            InputError: there is no such option, or the text is no value of it.
        """
        fields = {field.name.replace("_", "-"): field for field in dataclasses.fields(cls)}
        values: dict[str, object] = {}
        for option, text in options.items():
            if option not in fields:
                raise InputError(f"<Pass-Options-Parser>: no such option {option}")
            values[fields[option].name] = _read(option, text, type(fields[option].default))
        return cls(**values)


def _read(option: str, text: str, kind: type) -> object:
    try:
        return _READERS[kind](text)
    except ValueError:
        raise InputError(f"for the --{option} option: '{text}' value invalid") from None


def _read_bool(text: str) -> bool:
    # An option without `=` is a switch, on where it is named.
    if text in ("", "true", "TRUE", "True", "1"):
        return True
    if text in ("false", "FALSE", "False", "0"):
        return False
    raise ValueError(text)


_READERS: dict[type, Callable[[str], object]] = {bool: _read_bool, int: int, str: str}
