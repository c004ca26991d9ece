"""Whoever makes pictures, motion, voices and sound: one contract, one folder a vendor."""
