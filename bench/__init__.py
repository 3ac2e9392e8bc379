"""Benchmarks, against the real tools in the same run. Nothing here is a test; nothing in `tests/` asserts a time."""
