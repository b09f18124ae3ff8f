"""What books on a server are measured by."""
