"""`python -m iree_explorer`: the command line."""

from iree_explorer.cli import main

raise SystemExit(main())
