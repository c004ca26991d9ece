"""Configuration for scripts and plugins, under the names the mission promises; filled at start."""
