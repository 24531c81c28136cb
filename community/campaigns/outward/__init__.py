"""What is told to advertising platforms about members who allowed it: queued as rows, asked for leave, sent, answered.

May import the room's models and verbs, and asks accounts whether a member may be shared; nobody above is known here.
"""
