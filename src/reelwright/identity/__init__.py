"""Users, workspaces and the tokens programs sign in with."""
