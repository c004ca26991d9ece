"""What happened, as rows, in order, handed to whoever listens."""
