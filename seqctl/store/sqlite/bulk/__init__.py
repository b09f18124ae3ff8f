"""Many numbers at once: batches, assigned and adopted numbers."""
