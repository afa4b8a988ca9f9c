"""Text → typed values, and why a cell could not be taken; `etl.clean` is the way in."""
