"""Words to claims."""
