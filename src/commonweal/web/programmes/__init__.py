"""From plan to programme: adopting, working, what if, and where one stands now."""
