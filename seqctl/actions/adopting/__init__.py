"""Entering numbers that other systems issued."""
