"""Who may ask: accounts, sessions and tokens, kept beside the chain; how one signs in."""
