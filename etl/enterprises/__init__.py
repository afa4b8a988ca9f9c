"""One enterprise, one truth: the rows of all registers that speak of the same enterprise, and the doubtful pairs."""
