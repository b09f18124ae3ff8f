"""Commands for number ranges."""
