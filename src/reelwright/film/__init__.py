"""The film as data: screenplay, breakdown, notes, recipes, timeline, text exports. Pure."""
