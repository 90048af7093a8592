"""Who learns together: classroom, enrollment, class code, joining by a printed code."""
