"""The same reading over many reports: from archives and folders into a Parquet dataset."""
