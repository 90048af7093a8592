"""What a sign-in is begun with: random, kept here, good once and for five minutes."""
