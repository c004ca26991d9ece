"""Sets: the places a scene can happen in, one file each, and how one is chosen."""
