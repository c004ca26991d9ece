"""Money: what may be spent, what is held, what was spent, by whom, for what, with which vendor."""
