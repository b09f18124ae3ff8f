"""The disk images that a power cut could leave: from the recorded writes of real processes."""
