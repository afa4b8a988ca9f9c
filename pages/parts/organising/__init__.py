"""The parts of 组建攻坚."""
