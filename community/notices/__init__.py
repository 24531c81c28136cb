"""The bell: letters that must arrive. Imports accounts, live and commons."""
