"""The part 经费 of 队伍与制度: dues owed and paid."""
