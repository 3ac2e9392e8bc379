"""Colab's environment on this machine, as its published pins describe it: `python -m tests.colab` runs the notebooks in it, and the tests of what they show.

`environment()` builds it on demand, beside other caches of the user, and anew where the pins or the package's dependencies change. On the way
it installs the package as a notebook's first cell does, and fails if that replaces a package of Colab's.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).parents[1]
CONSTRAINTS = Path(__file__).with_name("colab-constraints.txt")
PYTHON = (3, 13)
"""Colab's. Where a machine has no such Python, the one that runs this has to do."""
COLABS = (
    "anywidget",
    "graphviz",
    "immutabledict",
    "ipykernel",
    "ipywidgets",
    "ml_dtypes",
    "nbclassic",
    "notebook",
    "numpy",
    "psygnal",
    "threadpoolctl",
    "typing_extensions",
)
"""What is in Colab already, of all that the package or the tests in a browser need."""
TOOLS = ("hypothesis", "jsonschema", "nbmake", "pytest", "pytest-xdist")


def environment() -> Path:
    """Python of an environment like Colab's, with the package in it, from this checkout.

    Raises:
        AssertionError: to install the package replaces packages of Colab's.
    """
    ingredients = (
        CONSTRAINTS.read_text(),
        (ROOT / "pyproject.toml").read_text(),
        __doc__ or "",
        *COLABS,
        *TOOLS,
        str(ROOT),
    )
    digest = hashlib.sha256("\n".join(ingredients).encode()).hexdigest()[:12]
    folder = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "iree_explorer-tests" / f"colab-{digest}"
    )
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "complete"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):  # several processes of pytest may ask at once
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            _build(folder, python)
            done.touch()
    return python


def _build(folder: Path, python: Path) -> None:
    subprocess.run([_interpreter(), "-m", "venv", str(folder)], check=True)
    _install(python, "-c", str(CONSTRAINTS), *COLABS)
    before = _versions(python)
    _install(python, "-e", str(ROOT))
    after = _versions(python)
    replaced = {name: (version, after.get(name)) for name, version in before.items() if after.get(name) != version}
    assert not replaced, f"installing the package replaces packages of Colab's: {replaced}"
    _install(python, "-c", str(CONSTRAINTS), *TOOLS)


def _install(python: Path, *what: str) -> None:
    subprocess.run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *what], check=True)


def _versions(python: Path) -> dict[str, str]:
    command = [str(python), "-m", "pip", "list", "--format=json", "--disable-pip-version-check"]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    return {package["name"]: package["version"] for package in json.loads(found.stdout)}


def _interpreter() -> str:
    """Python of Colab's version, from the path or from pyenv; else the one that runs this."""
    name = "python{}.{}".format(*PYTHON)
    versions = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    found = (
        shutil.which(name),
        *(str(path) for path in sorted(versions.glob(f"{name.removeprefix('python')}.*/bin/{name}"))),
    )
    return next((path for path in found if path is not None and _works(path)), sys.executable)


def _works(python: str) -> bool:
    """Whether it starts: pyenv's shims refuse to for versions that are not chosen."""
    return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0


def main(options: list[str]) -> int:
    """Runs pytest there, on notebooks and the tests of what they show; options go to it.

    The other tests compare with the real compiler, which Colab does not have.
    """
    python = environment()
    unit = ROOT / "tests" / "unit"
    where = [str(unit / "exploration"), str(unit / "widgets"), str(ROOT / "colab")]
    # Colab's pins are old: what they use of newer Python warns, and no warning passes here.
    old = ["-W", "ignore::DeprecationWarning", "-W", "ignore::pytest.PytestUnraisableExceptionWarning"]
    return subprocess.run([str(python), "-m", "pytest", *old, *where, *options], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
