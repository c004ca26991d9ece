"""The one client by which anything of ours reaches out."""
