"""The models there are for whoever asks: vendors' rows, what operators set, and what accounts have."""
