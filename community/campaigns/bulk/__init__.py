"""Many links at once: a table that is read, looked over, and made whole or not at all; and the table of what there is."""
