"""Where to turn: contacts and the quick exit."""
