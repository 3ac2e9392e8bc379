"""Jupyter servers on 127.0.0.1 for browser tests, with settings of their own and nothing that asks the network."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from tests.colab import environment

START_SECONDS = 90

Host = Literal["jupyterlab", "notebook", "nbclassic"]
"""JupyterLab 4, Notebook 7, and the classic notebook with Colab's pins."""


@contextmanager
def jupyter(host: Host, folder: Path, home: Path) -> Generator[str]:
    """A server on `folder` until the block ends, its own files under `home`; gives its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = home / "jupyter.log"
    with log.open("w") as output:
        process = subprocess.Popen(_command(host, folder, port), env=_environment(home), stdout=output, stderr=output)
        try:
            wait_for(f"{address}/api", process, log)
            yield address
        finally:
            process.terminate()
            process.wait()


def _command(host: Host, folder: Path, port: int) -> list[str]:
    python = environment() if host == "nbclassic" else sys.executable
    server = [
        *(str(python), "-m", host, "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
        f"--ServerApp.root_dir={folder}",
    ]
    if host == "nbclassic":
        return [*server, "--ServerApp.token=", "--ServerApp.password="]
    return [*server, "--IdentityProvider.token=", "--LabApp.extension_manager=readonly"]


def _environment(home: Path) -> dict[str, str]:
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet))
    own = {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    return os.environ | own


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until a server answers at the address.

    Raises:
        AssertionError: it ends first, or takes too long; with its log.
    """
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the server did not start:\n{log.read_text()}")
