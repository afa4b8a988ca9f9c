"""The parts of 社区概况."""
