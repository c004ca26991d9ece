"""One module a vendor: its fake, and a request for each of its models. `CASE` is what the suite runs."""
