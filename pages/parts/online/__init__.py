"""The parts of 线上办件."""
