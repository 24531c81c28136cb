"""The ground: who you are, how you join, and what your tier opens. Imports commons only."""
