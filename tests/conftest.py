"""Options of all tests."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the files that tests compare with anew."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")
