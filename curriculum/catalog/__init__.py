"""What is taught: courses, units, lessons, facts, contacts and words, read from files, never from tables."""
