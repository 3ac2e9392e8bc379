"""The command line, `iree-explorer`: the package's functions from a shell. `main` is the entry point."""

from iree_explorer.cli.main import main

__all__ = ["main"]
