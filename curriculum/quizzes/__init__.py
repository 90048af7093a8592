"""How it is checked: item types, grading, attempts, item tallies."""
