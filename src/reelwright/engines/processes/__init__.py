"""Our own child processes: they serve requests over pipes and never outlive us."""
