"""Pictures of an incident as SVG: its chains, its figures over time."""
