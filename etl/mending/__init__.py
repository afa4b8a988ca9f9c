"""What a clerk needs to mend a ledger: the quality report, the 批注件, the 退回修改单."""
