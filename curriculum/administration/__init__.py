"""How a school runs it: what was done by whom, as an administrator reads it."""
