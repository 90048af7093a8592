"""What staff show in place of password and code: passkeys."""
