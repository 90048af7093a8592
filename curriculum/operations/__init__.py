"""How it is kept: the demo school and the database's schema."""
