"""What a file is by its bytes, and how its cells become rows of text; `etl.read` is the way in."""
