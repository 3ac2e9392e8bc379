"""Rules of `stream.*`."""
