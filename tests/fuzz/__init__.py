"""Mutated ledgers: whatever a file holds, it ends in counts that add up or in one sentence."""
