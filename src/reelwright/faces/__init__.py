"""How the outside reaches us."""
