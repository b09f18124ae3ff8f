"""Issuing numbers: which sequence serves a request, which numbers come next, and taking them."""
