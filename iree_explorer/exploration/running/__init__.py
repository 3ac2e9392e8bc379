"""Runs for a reader: inputs made up where none are given, results in a few words, a run held still."""
