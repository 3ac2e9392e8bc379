"""The other backend: the schedule goes back into IREE's compiler, and its runtime runs it."""
