"""What answers the outside: the edge first, then Django; sockets beside them."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

application = get_asgi_application()
