"""People: any look, any acting, at any scale."""
