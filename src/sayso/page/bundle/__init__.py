"""A dump of many reports: split where a report's head begins."""
