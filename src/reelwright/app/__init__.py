"""Settings, wiring, reactions and start: where the house is put together."""
