"""The parts of 队伍与制度 about rules, hearings and meetings, and the street's own checklists."""
