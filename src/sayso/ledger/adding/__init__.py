"""Reports taken in: by the reader, by hand, and as twins without a protected name."""
