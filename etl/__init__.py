"""Ledgers in, a new generation out; the only writer."""
