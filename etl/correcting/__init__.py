"""更正记录 (corrections.csv): read on every build and applied to the ledgers' rows before anything is made of them."""
