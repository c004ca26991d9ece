"""Durable workflows: what was started is finished, by whichever worker is alive."""
