"""What a sequence renders, as shapes that can be compared."""
