"""Acts of saying: one utterance in many reports, and what was taken back."""
