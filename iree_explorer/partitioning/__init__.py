"""Which ops run together, and why. Nothing here changes IR."""
