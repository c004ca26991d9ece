"""OpenAI: text by the Responses API, pictures, and speech."""
