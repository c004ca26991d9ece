"""The paid call: written down before it is sent, sent once, and never lost."""
