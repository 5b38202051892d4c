"""What two ledgers tell each other: signed bundles, in order, of what each may say."""
