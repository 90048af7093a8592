"""How a school begins: the first run, what it decides there, and the next school from the console."""
