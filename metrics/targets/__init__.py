"""年度任务: what the street set itself for the year, how far it is, and where it will be at the year's end."""
