"""What a teacher does before a lesson: reads the card, looks at it as a student, projects it, prints it."""
