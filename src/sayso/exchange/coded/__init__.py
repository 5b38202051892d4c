"""A team's own lists and coded rows: read from its spreadsheets, set beside the incidents."""
