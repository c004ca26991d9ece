"""Furniture: what stands in rooms, drawn in metres by a pen."""
