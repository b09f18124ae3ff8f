"""Number series of Business Central: each line is a range."""
