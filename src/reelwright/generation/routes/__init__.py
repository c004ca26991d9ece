"""Which model is asked, and which one next: chains, refusals, and what another could cure."""
