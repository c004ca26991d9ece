"""Making by providers: accounts, routes over models, and the paid call that is sent once."""
