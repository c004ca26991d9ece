"""The library: assets, their files, and the products of recipes."""
