"""From one engine to the other: beside the opener the one place that knows both."""
