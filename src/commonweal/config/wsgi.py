"""The door for a web server: `commonweal.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.config.settings")
application = get_wsgi_application()
