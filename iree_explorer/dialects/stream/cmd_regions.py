"""Placeholder until the cmd ops land."""
