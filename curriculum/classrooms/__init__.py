"""Who learns together: classroom, enrollment, class code, joining by a printed code; what is assigned to a class."""
