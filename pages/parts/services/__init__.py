"""The parts of 服务与阵地 that tell of services, money and hardship."""
