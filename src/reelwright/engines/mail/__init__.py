"""Sending letters by e-mail, behind one contract."""
