"""How a student gets in: slips with a code and a QR, made anew and shown once, and codes for a day."""
