"""What we ship for tests, ours and yours: servers that speak as the vendors do."""
