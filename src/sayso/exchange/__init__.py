"""Other people's formats: what the ledger answers as files, and edited files as judgements."""
