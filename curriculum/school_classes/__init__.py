"""Who learns and teaches where, as an administrator looks after it: classes, teachers' parts, moves."""
