"""Parts of 更正记录: the corrections with their states, and the form that makes one from a ledger's row."""
