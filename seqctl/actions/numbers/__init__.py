"""The life of a number after it was issued, and looking numbers up."""
