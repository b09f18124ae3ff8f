"""Plans: what changes in a book when definitions are as somebody wants them."""
