"""What becomes of ranges: which one serves, how they stand, and annulling them."""
