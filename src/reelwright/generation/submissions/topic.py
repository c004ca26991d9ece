"""The topic on which a job hears of its submissions."""

TOPIC = "submission"
