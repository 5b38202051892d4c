"""Who does the work of a run: processes of this machine, or those of a cluster."""
