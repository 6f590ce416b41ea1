"""The nbkg vocabulary and its concept schemes, as Turtle."""
