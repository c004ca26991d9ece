"""Models that run on this machine (diffusers and torch, the extra `[local]`): free, and never downloaded unasked."""
