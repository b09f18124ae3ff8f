"""What lists, statements and checks read of the whole book."""
