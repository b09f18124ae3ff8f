"""All definitions of a book together, and plans to change them."""
