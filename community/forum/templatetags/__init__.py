"""How pages of any room show what is said here."""
