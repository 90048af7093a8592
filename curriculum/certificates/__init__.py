"""What a student gets who has completed what was asked: a certificate to print, without any score."""
