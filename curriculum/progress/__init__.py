"""How far someone is: steps sent, results, progress rows."""
