"""The values that a statement of a generated program may use."""

from __future__ import annotations

from dataclasses import dataclass, field

ANY = "!stream.resource<*>"
CONSTANT = "!stream.resource<constant>"
EXTERNAL = "!stream.resource<external>"
STAGING = "!stream.resource<staging>"
VARIABLE = "!stream.resource<variable>"
TRANSIENT = "!stream.resource<transient>"
TIMEPOINT = "!stream.timepoint"
DEVICES = ("dev_a", "dev_b", "dev_c", "dev_d")


@dataclass(frozen=True)
class Resource:
    """A resource in scope: its name, type and the name of its size."""

    name: str
    type: str
    size: str

    @property
    def typed(self) -> str:
        """As it stands behind a colon: the type with its size."""
        return f"{self.type}{{{self.size}}}"


@dataclass
class Scope:
    """The values that may be used at a place, by kind; `depth` counts the region ops around it."""

    resources: list[Resource] = field(default_factory=list[Resource])
    sizes: list[str] = field(default_factory=list[str])
    ints: list[str] = field(default_factory=list[str])
    bools: list[str] = field(default_factory=list[str])
    timepoints: list[str] = field(default_factory=list[str])
    depth: int = 0

    def nested(self) -> Scope:
        """A scope that sees all of this one and keeps its own to itself."""
        return Scope(
            list(self.resources),
            list(self.sizes),
            list(self.ints),
            list(self.bools),
            list(self.timepoints),
            self.depth + 1,
        )
