"""Kernels: what executables compute, compiled from their IR to numpy calls."""
