"""Check digits: what a typing error in a number changes, so that it is seen."""
