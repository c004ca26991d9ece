"""How often is too often, counted in memory or on Redis."""
