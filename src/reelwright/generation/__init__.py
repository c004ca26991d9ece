"""Asking models of vendors: the accounts they are paid through."""
