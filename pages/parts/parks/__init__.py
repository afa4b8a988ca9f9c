"""The parts of 园区工联会."""
