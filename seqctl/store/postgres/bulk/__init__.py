"""Many numbers at once, moved by COPY."""
