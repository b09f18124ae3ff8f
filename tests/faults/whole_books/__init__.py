"""What happens to a whole book at once: it moves, or is brought to another schema."""
