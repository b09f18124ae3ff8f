"""JSON files with definitions: read with their lines, and written."""
