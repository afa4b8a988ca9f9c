"""The parts of 试点成效."""
