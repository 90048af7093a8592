"""Who is let in: rosters, read before they are applied, and undone while nothing depends on them."""
