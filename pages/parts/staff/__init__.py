"""The parts of 队伍与制度 about the people: how many they are, what they have to do, whose term runs out."""
