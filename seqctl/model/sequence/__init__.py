"""The sequence: its fields, how they are checked, and which of them may change."""
