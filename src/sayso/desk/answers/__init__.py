"""What pages and the API answer alike: functions of a ledger, one file a noun."""
