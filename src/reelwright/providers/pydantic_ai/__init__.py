"""Text of vendors we have no folder for, through pydantic-ai (the extra `[text]`)."""
