"""Number ranges: first to last number with days of validity, each with a counter of its own."""
