"""Why an algorithm decided as it did: the steps of its trace, their reasons, and who records them."""
