"""What Schemathesis is told of our API: it loads this file by itself (`anything.py`)."""

import schemathesis

# The pieces of a resumable upload are bytes like any others.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
