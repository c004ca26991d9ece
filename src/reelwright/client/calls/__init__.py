"""What can be asked, by its nouns. Written by `make openapi`."""
