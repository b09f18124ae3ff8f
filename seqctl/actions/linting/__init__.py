"""Finding what is wrong with definitions that are valid."""
