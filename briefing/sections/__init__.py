"""The sections of documents, one file each: `build(source, request) -> Made`. A kind names them by their file's name."""
