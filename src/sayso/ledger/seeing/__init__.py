"""Who may see what: the shade of an entry, the cover of a protected name, the veil over tables."""
