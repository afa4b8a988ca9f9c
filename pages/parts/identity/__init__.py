"""Parts of 企业核对: the doubtful pairs, what was recognised, what was decided."""
