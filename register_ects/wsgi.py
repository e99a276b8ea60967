"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register_ects.settings")

from register_ects.web.unread_bodies import reading_to_the_end

application = reading_to_the_end(get_wsgi_application())
