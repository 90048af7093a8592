"""Whose guardian has agreed: recorded before the name of a young student is kept."""
