"""Productions: the making of a film as durable work, shared by all workers."""
