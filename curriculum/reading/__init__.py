"""How it is read: course and lesson pages, a student's own page."""
