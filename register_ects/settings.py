"""Settings, read from the environment once, with safe defaults.

``ENVIRONMENT`` is ``production`` unless told otherwise, and production refuses to start with
anything unsafe. ``bin/demo`` sets ``demo`` and ``bin/test`` sets ``test``.
"""

import logging
from datetime import date, datetime
from pathlib import Path
from uuid import NAMESPACE_DNS, UUID, uuid5

import sentry_sdk
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

from register_ects import guards
from register_ects.database.watched import WatchedConnection
from register_ects.logs import logging_configuration
from register_ects.web.static_headers import add_static_headers

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()

ENVIRONMENT: str = env.str(
    "ENVIRONMENT", "production", validate=validate.OneOf(["production", "demo", "test"])
)
PRODUCTION = ENVIRONMENT == "production"
DEBUG = False
#: Which version runs, as the build says.
COMMIT_SHA: str = env.str("COMMIT_SHA", "unknown")

# -- Secrets -------------------------------------------------------------------------------
# Outside production a fixed, worthless value keeps two processes of one demo in agreement.

_NOT_A_SECRET = "only-for-demonstrations-and-tests-never-for-real-data-0123456789"  # noqa: S105


def _secret(name: str) -> str:
    value: str = env.str(name, "" if PRODUCTION else f"{name}-{_NOT_A_SECRET}")
    if PRODUCTION:
        guards.check_secret(name, value if _NOT_A_SECRET not in value else "")
    return value


SECRET_KEY = _secret("SECRET_KEY")
API_TOKEN_SECRET = _secret("API_TOKEN_SECRET")
DRAFT_ENCRYPTION_SECRET = _secret("DRAFT_ENCRYPTION_SECRET")
OPT_OUT_SECRET = _secret("OPT_OUT_SECRET")
# With it GOV.UK Notify shows that a receipt of an email comes from there.
NOTIFY_CALLBACK_TOKEN = _secret("NOTIFY_CALLBACK_TOKEN")
if PRODUCTION:
    guards.check_secrets_differ(
        {
            "SECRET_KEY": SECRET_KEY,
            "API_TOKEN_SECRET": API_TOKEN_SECRET,
            "DRAFT_ENCRYPTION_SECRET": DRAFT_ENCRYPTION_SECRET,
            "OPT_OUT_SECRET": OPT_OUT_SECRET,
            "NOTIFY_CALLBACK_TOKEN": NOTIFY_CALLBACK_TOKEN,
        }
    )

# -- Hosts ---------------------------------------------------------------------------------

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
if PRODUCTION:
    ALLOWED_HOSTS = guards.hosts("ALLOWED_HOSTS", ALLOWED_HOSTS)
    CSRF_TRUSTED_ORIGINS = guards.origins("CSRF_TRUSTED_ORIGINS", CSRF_TRUSTED_ORIGINS)

# -- What a non-production environment may do ----------------------------------------------

PERSONAS_ENABLED: bool = env.bool("PERSONAS_ENABLED", not PRODUCTION)
if PRODUCTION and PERSONAS_ENABLED:
    raise ImproperlyConfigured("PERSONAS_ENABLED lets anyone sign in: production refuses it")
CLOCK_OFFSET_DAYS: int = env.int("CLOCK_OFFSET_DAYS", 0)
if PRODUCTION and CLOCK_OFFSET_DAYS:
    raise ImproperlyConfigured("CLOCK_OFFSET_DAYS shifts the clock: production refuses it")
# Requests that a lead provider may make in five minutes; None for any number (spec 02 §2.9).
_API_RATE_LIMIT: str = "1000" if PRODUCTION else env.str("API_RATE_LIMIT", "1000")
API_RATE_LIMIT: int | None = None if _API_RATE_LIMIT == "off" else int(_API_RATE_LIMIT)
# Declarations that one may try in bulk in five minutes, beside that; no more than 500 at once.
API_BULK_ITEM_LIMIT: int = env.int("API_BULK_ITEM_LIMIT", 5000)

# The module that builds sandboxes for lead providers (``providers/sandbox.py``).
SANDBOX = "register_ects.invented.sandbox.seeding"

# Planned downtime: between these instants (ISO 8601 with a zone) the API answers 503. Without the
# first it has begun; with it, the status page announces what is to come.
#: The last days of spring terms that do not end on Easter Sunday, like 2027-04-09.
SPRING_TERM_ENDS: list[date] = env.list("SPRING_TERM_ENDS", [], subcast=date.fromisoformat)
MAINTENANCE_FROM: datetime | None = env.datetime("MAINTENANCE_FROM", None)
MAINTENANCE_UNTIL: datetime | None = env.datetime("MAINTENANCE_UNTIL", None)
for _name, _moment in (
    ("MAINTENANCE_FROM", MAINTENANCE_FROM),
    ("MAINTENANCE_UNTIL", MAINTENANCE_UNTIL),
):
    if _moment is not None and _moment.tzinfo is None:
        raise ImproperlyConfigured(f"{_name} needs a time zone")

# -- Application ---------------------------------------------------------------------------

ROOT_URLCONF = "register_ects.urls"
WSGI_APPLICATION = "register_ects.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "csp",
    "django_structlog",
    "register_ects",
    "register_ects.invented",
    "schools",
    "appropriate_bodies",
    "providers",
    "finance",
    "support",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "register_ects.web.middleware.RobotsMiddleware",
    "register_ects.web.middleware.HeadMiddleware",
    "register_ects.web.middleware.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "providers.middleware.GatewayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "register_ects.web.middleware.IdentityMiddleware",
    "register_ects.web.limits.RateLimitMiddleware",
    "register_ects.web.large_bodies.LargeBodyMiddleware",
    "register_ects.web.measurements.FormErrorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "register_ects.web.jinja.environment"},
    },
]

# -- Database ------------------------------------------------------------------------------

if PRODUCTION or env.str("DATABASE_URL", ""):
    guards.postgresql_address("DATABASE_URL", env.str("DATABASE_URL", ""))
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", "postgresql://localhost/register_ects", conn_max_age=0)
}
# Those that only gunicorn reads are looked at here, where `manage.py check` sees them too.
guards.whole_number(env, "WEB_THREADS", 6, least=1)
guards.whole_number(env, "WEB_CONCURRENCY", 1, least=1)
_POOL_SIZE = guards.whole_number(env, "DATABASE_POOL_SIZE", 0, least=0)
if _POOL_SIZE:  # web processes: see register_ects/database/base.py for what a sick database costs
    DATABASES["default"]["ENGINE"] = "register_ects.database"
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # PostgreSQL may have been started again
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 2,
    "tcp_user_timeout": 10_000,
    # What there is lies in memory or on a solid-state disk: to fetch some rows by an index costs
    # little more than to read on. The planner's default is for spinning disks. And joins are
    # written from the few rows wanted outwards: to weigh every other order of eight tables took
    # the planner up to 40 times as long as to run what it then chose. And a trigger that is not
    # told that none is ignored fails to read it, in a subtransaction, each time it is called:
    # that made it eleven times as slow.
    "options": (
        "-c random_page_cost=1.1 -c join_collapse_limit=5 -c plan_cache_mode=force_generic_plan"
        " -c pgtrigger.ignore={}"
    ),
    # What is sent the second time is planned for good: see register_ects/database/compiled.py,
    # whose statements alone are sent in a way that can be. Some proxies cannot.
    "prepare_threshold": 1 if env.bool("DATABASE_PREPARES", True) else None,
    **DATABASES["default"].get("OPTIONS", {}),
    **(
        {
            "pool": {
                "min_size": 1,
                "max_size": _POOL_SIZE,
                "timeout": 2.0,
                "reconnect_timeout": 2.0,
                "connection_class": WatchedConnection,
            }
        }
        if _POOL_SIZE
        else {}
    ),
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if PRODUCTION:
    _asked = DATABASES["default"]["OPTIONS"]
    guards.check_database_is_private(
        "DATABASE_URL",
        host=_asked.get("host") or DATABASES["default"]["HOST"] or env.str("PGHOST", ""),
        sslmode=_asked.get("sslmode") or env.str("PGSSLMODE", ""),
    )
AUTH_USER_MODEL = "register_ects.StaffUser"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Sessions, cache, jobs -----------------------------------------------------------------

REDIS_URL: str = guards.redis_address(
    "REDIS_URL", env.str("REDIS_URL", "" if PRODUCTION else "redis://localhost:6379/0")
)
CACHES = {
    "default": {
        "BACKEND": "register_ects.redis_cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": env.str("REDIS_KEY_PREFIX", "register-ects"),
        "OPTIONS": {"pool_class": "register_ects.redis_connection.GuardedPool"},
    }
}
SESSION_ENGINE = "register_ects.web.sessions"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_IDLE_SECONDS: int = max(env.int("SESSION_IDLE_SECONDS", 7200), 0) or 7200
SESSION_LONGEST_SECONDS = 12 * 3600
SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Browsers take a cookie of this name only from us, over HTTPS, for the whole host.
_HOST_ONLY = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = _HOST_ONLY + env.str("SESSION_COOKIE_NAME", "register_ects_session")
CSRF_COOKIE_NAME = _HOST_ONLY + env.str("CSRF_COOKIE_NAME", "register_ects_csrf")
guards.check_cookie_names(
    {"SESSION_COOKIE_NAME": SESSION_COOKIE_NAME, "CSRF_COOKIE_NAME": CSRF_COOKIE_NAME}
)
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "register_ects.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ALWAYS_EAGER = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # jobs log as requests do, without personal data
# Nobody waits for the queue: what it does not take at once, a timer finds and delivers.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 3}

# -- Transport and headers -----------------------------------------------------------------

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
# Probes come from inside. The API answers in its own words: a redirect would make a client send
# its token twice in clear.
SECURE_REDIRECT_EXEMPT = [r"^healthcheck$", r"^readiness$", r"^api/+v\d"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "camera",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
}
# How many proxies of ours stand in front: tells which part of X-Forwarded-For to believe.
TRUSTED_PROXIES = guards.whole_number(env, "TRUSTED_PROXIES", 1 if PRODUCTION else 0, least=0)
# Switching off the API's limit switches off those by address too: to measure, for example.
RATE_LIMITS_ENABLED: bool = PRODUCTION or env.bool(
    "RATE_LIMITS_ENABLED", ENVIRONMENT != "test" and API_RATE_LIMIT is not None
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# -- Language and time ---------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"
APPEND_SLASH = False

# -- Static files --------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "build" / "static")))
STATICFILES_DIRS = [BASE_DIR / "assets", BASE_DIR / "build" / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Tests read assets where they lie; everything else serves what collectstatic hashed.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = ENVIRONMENT == "test"
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_ADD_HEADERS_FUNCTION = add_static_headers

# -- Other services ------------------------------------------------------------------------

TRS_API_BASE_URL: str = env.str("TRS_API_BASE_URL", "" if PRODUCTION else "http://127.0.0.1:8099")
TRS_API_KEY: str = env.str("TRS_API_KEY", "" if PRODUCTION else "demo-trs-key")
TRS_API_VERSION: str = env.str("TRS_API_VERSION", "20260120")
# Threads of one process that may wait for TRS at once; the others say that it is busy.
TRS_MOST_AT_ONCE: int = env.int("TRS_MOST_AT_ONCE", 2, validate=validate.Range(min=1))
# Whether everyone is read again from TRS in turn: not where TRS holds other people than we do.
TRS_REFRESH_ENABLED: bool = env.bool("TRS_REFRESH_ENABLED", PRODUCTION)
# Whether schools are reminded on the days that the calendar says: by hand they always can be.
REMINDERS_ENABLED: bool = env.bool("REMINDERS_ENABLED", PRODUCTION)
if PRODUCTION:
    guards.check_key("TRS_API_KEY", TRS_API_KEY)
    TRS_API_BASE_URL = guards.service_address("TRS_API_BASE_URL", TRS_API_BASE_URL)

# Where the service is, as people and GOV.UK Notify reach it.
SERVICE_URL: str = env.str("SERVICE_URL", "" if PRODUCTION else "http://127.0.0.1:8000")
NOTIFY_BASE_URL: str = env.str(
    "NOTIFY_BASE_URL",
    "https://api.notifications.service.gov.uk" if PRODUCTION else "http://127.0.0.1:8098",
)
NOTIFY_API_KEY: str = env.str(
    "NOTIFY_API_KEY", "" if PRODUCTION else f"demo-{uuid5(NAMESPACE_DNS, 'demo')}-{UUID(int=1)}"
)
# The words of each email, as Notify's templates must have them; outside production each has an id
# that its stand-in works out too.
_EMAILS = sorted(path.stem for path in (BASE_DIR / "templates" / "emails").glob("*.txt"))
NOTIFY_TEMPLATE_IDS: dict[str, str] = (
    guards.template_ids("NOTIFY_TEMPLATE_IDS", env.str("NOTIFY_TEMPLATE_IDS", ""), _EMAILS)
    if PRODUCTION or env.str("NOTIFY_TEMPLATE_IDS", "")
    else {name: str(uuid5(NAMESPACE_DNS, name)) for name in _EMAILS}
)
if PRODUCTION:
    SERVICE_URL = guards.service_address("SERVICE_URL", SERVICE_URL)
    NOTIFY_BASE_URL = guards.service_address("NOTIFY_BASE_URL", NOTIFY_BASE_URL)
    guards.check_notify_key("NOTIFY_API_KEY", NOTIFY_API_KEY)
# The help desk (Zendesk), which gets what schools ask support.
HELP_DESK_URL: str = env.str("HELP_DESK_URL", "" if PRODUCTION else "http://127.0.0.1:8097")
HELP_DESK_USER: str = env.str("HELP_DESK_USER", "" if PRODUCTION else "demo@example.com/token")
HELP_DESK_KEY: str = env.str("HELP_DESK_KEY", "" if PRODUCTION else "demo-help-desk-key")
if PRODUCTION:
    HELP_DESK_URL = guards.service_address("HELP_DESK_URL", HELP_DESK_URL)
    guards.check_key("HELP_DESK_USER", HELP_DESK_USER)
    guards.check_key("HELP_DESK_KEY", HELP_DESK_KEY)
# What emails lead to: a gap of each template may have one of these names.
EMAIL_LINKS = {
    "service_url": SERVICE_URL,
    "ect_guidance_url": (
        "https://www.gov.uk/guidance/guidance-for-early-career-teachers-ects-ecf-based-training"
    ),
    "mentor_guidance_url": (
        "https://www.gov.uk/guidance/guidance-for-mentors-how-to-support-ecf-based-training"
    ),
    "set_up_guidance_url": (
        "https://www.gov.uk/guidance/how-to-set-up-training-for-early-career-teachers"
    ),
    "dfe_sign_in_url": "https://services.signin.education.gov.uk/",
    "dfe_sign_in_help_url": "https://help.signin.education.gov.uk/",
    "privacy_url": (
        "https://www.gov.uk/government/publications/"
        "privacy-information-education-providers-workforce-including-teachers"
    ),
}

SCHOOLS_SUPPORT_EMAIL = "continuing-professional-development@digital.education.gov.uk"
APPROPRIATE_BODIES_SUPPORT_EMAIL = "teacher.induction@education.gov.uk"
# The Teaching Regulation Agency hears of every fail; outside production it never does.
TRA_EMAIL: str = env.str(
    "TRA_EMAIL", "TRA.SE@education.gov.uk" if PRODUCTION else "tra@example.com"
)
FEEDBACK_URL: str = guards.feedback_address("FEEDBACK_URL", env.str("FEEDBACK_URL", "/feedback"))

# -- Logs ----------------------------------------------------------------------------------

LOG_LEVEL: str = guards.log_level("LOG_LEVEL", env.str("LOG_LEVEL", "INFO"))

SENTRY_DSN: str = guards.sentry_dsn("SENTRY_DSN", env.str("SENTRY_DSN", ""))

LOGGING = logging_configuration(LOG_LEVEL)
# A mistyped date or address is everyday business, not something to look into.
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
if SENTRY_DSN:
    sentry_sdk.init(dsn=SENTRY_DSN, environment=ENVIRONMENT, send_default_pii=False)
