"""The part 荣誉与创建 of 队伍与制度: honours of organisations, harmonious enterprises and parks."""
