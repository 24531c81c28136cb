"""Tools without a table, an address or the name of a room."""
