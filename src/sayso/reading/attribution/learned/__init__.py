"""The learned reader of attributions: its net, its signs, and how it decodes."""
