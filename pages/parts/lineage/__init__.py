"""数字来源: from a figure to its rows, from a row to its figures."""
