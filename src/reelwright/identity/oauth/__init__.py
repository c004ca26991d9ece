"""Signing in with an account elsewhere: OAuth 2 and OpenID Connect."""
