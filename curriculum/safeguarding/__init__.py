"""What is read before a sensitive lesson: the duty to report, who is there tonight, who covers, what to say."""
