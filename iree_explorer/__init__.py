"""See why IREE's stream passes schedule a program as they do: load it, step through it, draw it, run it."""

__version__ = "0.1.0"
