"""Google: Gemini's words, pictures and speech, Omni's shots and Lyria's music by API key, Veo on Vertex."""
