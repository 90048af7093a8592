"""What a teacher sees: reads only, no tables."""
