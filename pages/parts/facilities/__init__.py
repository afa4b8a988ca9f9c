"""The parts of 阵地: how many and how large, who is within reach, where a new one would help, the register itself."""
