"""A program's schedule with all that led to it, as one value: what the widget, the page and the command line show."""

from iree_explorer.exploration.compare import compare
from iree_explorer.exploration.comparison import Comparison
from iree_explorer.exploration.document import VERSION, decode_document, encode_document
from iree_explorer.exploration.explore import Exploration, explore_module

__all__ = ["VERSION", "Comparison", "Exploration", "compare", "decode_document", "encode_document", "explore_module"]
