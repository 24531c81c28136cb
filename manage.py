#!/usr/bin/env python
"""Runs Django's commands; the servers' addresses come from the environment."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
