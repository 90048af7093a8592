"""What is seen across classes: a teacher’s classes on one page, a school on one page; reads only, no tables."""
