"""The parts of 月度定稿, and what 工作简报 shows of a closed month."""
