"""What staff show beside their password: one-time codes, recovery codes."""
