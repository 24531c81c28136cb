"""The bell: rings, and letters that must arrive. Imports accounts, live and commons."""
