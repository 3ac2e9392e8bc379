"""Ops on resources: dispatches, transfers, exchanges. Prepared in order, then run on any thread."""
