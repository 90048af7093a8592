"""What a school prints: evidence of how data is kept, a summary for the committee, letters, the year’s record."""
