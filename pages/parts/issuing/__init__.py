"""The parts of 简报编发: what is asked for, how it will print, what the office types, and what goes out."""
