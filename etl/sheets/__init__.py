"""Which ledger a sheet is: its header, its titles, its rows' fates, its saved mapping; `etl.recognise` is the way in."""
