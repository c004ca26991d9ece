"""What a script is about, beside what can be counted: moods, beats, looks, ideas for shots."""
