"""How ops are written: what runs an op's assembly format, and the directives and lists that formats are made of."""
