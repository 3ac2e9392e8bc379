"""Regions and waves by the turn in which they run: the numbers that partitioners give them can't be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iree_explorer.graph.model import Graph


@dataclass(frozen=True, slots=True)
class Turns:
    """Turns in one function, from 1; 0 for what has none.

    Attributes:
        regions: ordinal of a region → its place among the regions, in text order.
        waves: ordinals of a region and of one of its waves → the wave's place in the region, as they run.
    """

    regions: Mapping[int, int]
    waves: Mapping[tuple[int, int], int]

    @staticmethod
    def of(graph: Graph) -> Turns:
        """The turns of a graph's regions and waves."""
        regions = {region.ordinal: turn for turn, region in enumerate(graph.regions, 1)}
        waves = {
            (region.ordinal, wave.ordinal): turn
            for region in graph.regions
            for turn, wave in enumerate(region.waves, 1)
        }
        return Turns(regions, waves)

    def at(self, region: int, wave: int) -> tuple[int, int]:
        """The turns of a region and of a wave, both given by ordinal."""
        return self.regions.get(region, 0), self.waves.get((region, wave), 0)


def turn_words(turn: tuple[int, int], between: str = ", ") -> str:
    """Such as `region 2, wave 1`; `host` for what is in no region."""
    region, wave = turn
    return f"region {region}" + (f"{between}wave {wave}" if wave else "") if region else "host"
