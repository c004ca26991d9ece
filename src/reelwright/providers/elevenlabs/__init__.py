"""ElevenLabs: voices, music and sound effects, each sent as a finished file in the answer."""
