"""The Services System: registry, lifecycle, health and metrics over plain classes."""
