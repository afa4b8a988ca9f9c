"""Ratios that say whether the program stays quick on any machine; `make bench` prints them and writes docs/performance.md."""
