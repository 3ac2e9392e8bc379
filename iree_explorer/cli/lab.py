"""Opens JupyterLab on the quick-start notebook."""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from iree_explorer.errors import InputError

NOTEBOOK: Final = "01_quickstart.ipynb"
_PACKAGE: Final = Path(__file__).parents[1]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument(
        "options",
        nargs="*",
        metavar="OPTION",
        help="options of `jupyter lab`, behind --, such as -- --no-browser --port=9999",
    )


def execute(arguments: argparse.Namespace) -> int:
    """Runs JupyterLab until it is stopped."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise InputError("JupyterLab is not installed: pip install 'iree-explorer[lab]'")
    # In a container everybody is root, and JupyterLab would refuse to start.
    root = ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    # The address that JupyterLab prints, for those who open it elsewhere, is to show the notebook too.
    start = f"--LabApp.default_url=/lab/tree/{NOTEBOOK}"
    command = [sys.executable, "-m", "jupyterlab", str(notebook()), start, *root, *arguments.options]
    return subprocess.run(command, check=False).returncode


def notebook() -> Path:
    """Returns the notebook to open: the checkout's own, else a copy of the wheel's in the current folder, which is kept where it is there already."""
    checkout = _PACKAGE.parent / "colab" / NOTEBOOK
    if checkout.exists():
        return checkout
    copy = Path.cwd() / NOTEBOOK
    if not copy.exists():
        shutil.copyfile(_PACKAGE / "colab" / NOTEBOOK, copy)
    return copy
