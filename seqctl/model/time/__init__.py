"""Days, instants, durations, periods, calendars and windows."""
