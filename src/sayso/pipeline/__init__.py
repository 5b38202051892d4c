"""The rooms one after another: what was named or pasted goes through intake, page and reading.

One bad report never stops the others. `cli` and `desk` share this.
"""
