"""High-water marks, whichever engine holds their book: files that know how far a book came."""
