"""Brave Search: pictures that are there already, found in its own index of the web."""
