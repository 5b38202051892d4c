"""Incidents in the columns of data sets of conflict events: UCDP GED's, ACLED's."""
