"""The page in a real browser: what a user sees, presses and hears."""
