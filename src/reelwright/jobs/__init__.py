"""Jobs: work that was asked for, its order, its dependencies, its progress."""
