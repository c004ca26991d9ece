"""Props: things named by the script, one drawing each."""
