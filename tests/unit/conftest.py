"""Settings of all unit tests."""

import pytest
from hypothesis import settings

# No test asserts times: the first example of a property imports whole dialects.
settings.register_profile("unit", deadline=None)
settings.load_profile("unit")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the files that tests compare with anew."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")
