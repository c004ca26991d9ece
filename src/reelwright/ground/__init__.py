"""Values and ports that everything else stands on."""
