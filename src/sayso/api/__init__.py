"""The Python API: read, keep, ask, as tables and pictures. What lasts is in `sayso.__all__`."""
