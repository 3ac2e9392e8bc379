"""IR compiled to Python callables: `scope` compiles, `steps` run."""
