"""Where a row lies: boundaries, coordinate systems, points; `etl.locate` is the way in."""
