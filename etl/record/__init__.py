"""What was brought in and what a generation holds of it: loads, receipts, change lists, differences."""
