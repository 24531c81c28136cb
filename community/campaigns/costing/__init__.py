"""What reaching people cost, and what platforms say of it: files read, looked at and kept; ads and posts tied to links.

May import the room's models and the tools; knows nothing of results, which are read a floor above.
"""
