"""Text to IR and back, exactly as `iree-opt` 3.13.0 reads and prints it."""

from iree_explorer.syntax.module import Module
from iree_explorer.syntax.printing.lines import Line, ModuleText, print_lines
from iree_explorer.syntax.printing.printer import print_module
from iree_explorer.syntax.reading.loading import parse
from iree_explorer.syntax.source import Source

__all__ = ["Line", "Module", "ModuleText", "Source", "parse", "print_lines", "print_module"]
