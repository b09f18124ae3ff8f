"""The mark beside a book, which notices that the book is older than what was printed."""
