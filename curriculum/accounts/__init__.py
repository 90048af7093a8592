"""Who someone is: school, person, role, sign-in, access rules."""
