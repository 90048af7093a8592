"""What is asked of whom, and until when: the plan of a class, catching up, lessons taught without devices."""
