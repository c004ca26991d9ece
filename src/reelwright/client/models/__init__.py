"""What is sent and answered. Written by `make openapi`."""
