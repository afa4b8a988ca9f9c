"""The parts of 隐患与预警: what was reported, which enterprises are red or yellow, what was paid, whether the levels warn."""
