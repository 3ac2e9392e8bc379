"""A module of IR while it is compiled: its symbols, the scope of its host code, what may be updated in place."""
