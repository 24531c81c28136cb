"""The house: wiring at its root, and the rooms of the community inside."""
