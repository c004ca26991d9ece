"""Music by words: clips, sessions of takes that belong together, and what the rated takes teach."""
