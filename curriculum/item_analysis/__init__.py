"""What a class made of an item: what to say about it next time and, on demand, its numbers. Reads only, no tables."""
