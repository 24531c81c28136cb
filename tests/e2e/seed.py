"""What stands in the site that the browser tests walk through; planted once, before it starts."""


def plant() -> dict:
    """Make it; answer what the tests need to know about it, as plain JSON."""
    return {}
