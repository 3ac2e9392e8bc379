"""Benchmarks of `bench/` still run. What they measure is no test's business."""
