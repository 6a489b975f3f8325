"""The WSGI entry point that the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from lontar.host import logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lontar.settings")
logs.configure()
application = get_wsgi_application()
