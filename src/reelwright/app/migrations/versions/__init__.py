"""One file a step, in order. There is no way back but a backup: no step has a `downgrade`."""
