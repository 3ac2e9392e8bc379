"""The explorer in a notebook: traits of JSON and one script. No decision is made here."""

from iree_explorer.widgets.explore import explore
from iree_explorer.widgets.explorer import Explorer

__all__ = ["Explorer", "explore"]
