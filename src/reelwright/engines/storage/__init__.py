"""Where things lie: the data folder and the store of products."""
