"""Commissions: parts of a film that are made by models, along a route, and paid for."""
