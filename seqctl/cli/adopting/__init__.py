"""Commands: adopting."""
