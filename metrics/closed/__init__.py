"""月度定稿: how a month was closed, what it said on that day, what has been corrected since."""
