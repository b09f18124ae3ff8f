"""Gaps: numbers that no document holds, and what people make of them."""
