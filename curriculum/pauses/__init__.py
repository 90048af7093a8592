"""What rests for a while: situations, stories and lessons that a school or a class leaves out, and for how long."""
