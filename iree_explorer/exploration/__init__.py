"""A program's schedule with all that led to it, as one value: what the widget, the page and the command line show."""

from iree_explorer.exploration.comparing.comparison import Comparison
from iree_explorer.exploration.explore import Exploration, compare, explore_module
from iree_explorer.exploration.page.document import (
    VERSION,
    decode_document,
    encode_document,
    encode_later,
    encode_opening,
)
from iree_explorer.exploration.survey import Survey, survey

__all__ = [
    "VERSION",
    "Comparison",
    "Exploration",
    "Survey",
    "compare",
    "decode_document",
    "encode_document",
    "encode_later",
    "encode_opening",
    "explore_module",
    "survey",
]
