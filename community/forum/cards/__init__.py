"""Cards of links: which links become one, what their pages say of themselves, and how that is shown."""
