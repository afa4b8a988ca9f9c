"""Which version the pages show, the list of versions, and two of them compared."""
