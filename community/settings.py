"""Every setting of the house, read top to bottom; only the environment varies."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from community.commons import logs

BASE_DIR = Path(__file__).resolve().parent.parent


# --- readers


def text(name, default=None):
    """A setting from the environment; without a default its absence stops the start."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment. `make run` does it for a trial.")
    return value


def flag(name, default):
    return os.environ.get(name, str(int(default))).lower() in {"1", "true", "yes", "on"}


def number(name, default):
    return int(os.environ.get(name, default))


def secret(name):
    """A secret from the environment, or from the file that NAME_FILE names."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return text(name)


def database(url):
    """postgresql://user:password@host:port/name, or …/name?host=/socket/folder."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(query.pop("port", parts.port or "")),
        "OPTIONS": query,
    }


# --- the place

SECRET_KEY = secret("SECRET_KEY")
DEBUG = flag("DEBUG", default=False)
DEMO = flag("DEMO", default=False)
VAR_DIR = Path(text("VAR_DIR", "var")).absolute()
SITE_URL = text("SITE_URL", f"http://127.0.0.1:{number('PORT', 8000)}").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
SECURE = urlsplit(SITE_URL).scheme == "https"
ALLOWED_HOSTS = [SITE_HOST, *filter(None, text("ALLOWED_HOSTS", "").split(","))]
if SITE_HOST in {"127.0.0.1", "localhost", "::1"}:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "community.urls"
ASGI_APPLICATION = "community.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TRUSTED_PROXIES = number("TRUSTED_PROXIES", 0)  # how many of our own proxies stand in front

INSTALLED_APPS = [
    "community.apps.HouseConfig",
    "community.commons",
    "accounts",
    "community.live",
    "community.notices",
    "community.campaigns",
    "community.forum",
    "community.insights",
    "community.demo",
    "cms",
    "allauth",
    "allauth.account",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.MembersDeskConfig",  # wagtail.users, with our own drawer of members
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "channels",
    "django_htmx",
    "django_prose_editor",  # its static files, see static/js/composer
    "django_structlog",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "community.commons.privacy.PrivateMiddleware",
    "community.commons.hygiene.HygieneMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "community.commons.handling.StaticMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "community.commons.desk.DeskPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "community.commons.origins.OriginMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "community.commons.visitors.VisitorMiddleware",
    "accounts.choosing.ChoicesMiddleware",
    "community.commons.refusals.RefusalMiddleware",
    "accounts.attending.AttendanceMiddleware",
    "accounts.desk.DeskDoorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "community.commons.pages.site",
            ],
            "libraries": {"i18n": "community.commons.quick"},
        },
    }
]

# --- data

DATABASES = {"default": database(text("DATABASE_URL"))}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if pool_size := number("DATABASE_POOL", 0):  # the web process says how many threads share it
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
PREPARED_STATEMENTS = flag("PREPARED_STATEMENTS", default=True)  # see docs/operator.md

VALKEY_URL = text("VALKEY_URL")
VALKEY_PREFIX = text("VALKEY_PREFIX", "hg:")
# redis-py would greet with RESP3, which Valkey answers with noise in the log.
VALKEY_LOCATION = VALKEY_URL + ("&" if "?" in VALKEY_URL else "?") + "protocol=2"
CACHES = {
    "default": {
        "BACKEND": "community.commons.caching.SteadyCache",
        "LOCATION": VALKEY_LOCATION,
        "KEY_PREFIX": VALKEY_PREFIX + "cache",
    }
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [{"address": VALKEY_LOCATION}], "prefix": VALKEY_PREFIX + "live"},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 180
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- background

CELERY_BROKER_URL = VALKEY_URL  # kombu knows no protocol in an address
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": VALKEY_PREFIX + "tasks:",
    "visibility_timeout": 900,
    "unacked_restore_throttle": 1,
    "unacked_restore_interval": 10,
    # A web request never waits long for a queue that is gone; the sweep finds what was not queued.
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_VISIBILITY_TIMEOUT = 900
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_TIMEZONE = "Asia/Taipei"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# --- people

AUTH_USER_MODEL = "accounts.Member"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.MemberBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "join"
LOGIN_REDIRECT_URL = "/"
CLOSED_ACCOUNT_PAGE = "standing:closed"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,5/10m/key", "confirm_code": "30/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
SILENCED_SYSTEM_CHECKS = ["account.W001", "templates.W003"]  # the second: i18n is meant to be replaced

# --- words

LANGUAGE_CODE = "zh-hant"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# The desk's words correct Wagtail's, which they must come before, and never a room's, which they must come after.
ROOMS = INSTALLED_APPS[: INSTALLED_APPS.index("allauth")]
LOCALE_PATHS = [
    BASE_DIR / "community/locale",
    *(BASE_DIR.joinpath(*room.split("."), "locale") for room in ROOMS if not room.endswith("Config")),
    BASE_DIR / "community/locale_desk",
]
TIME_ZONE = "Asia/Taipei"
USE_TZ = True
LANGUAGE_COOKIE_AGE, LANGUAGE_COOKIE_SAMESITE = 60 * 60 * 24 * 365, "Lax"
FORMAT_MODULE_PATH = "community.commons.dates"

# --- letters

EMAIL_BACKEND = "community.notices.outbox.OutboxBackend"
POST_BACKEND = "community.notices.demo_post.FolderBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", f"hello@{SITE_HOST if '.' in SITE_HOST else 'homeground.example'}")
EMAIL_HOST = text("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD") if "EMAIL_HOST_PASSWORD" in os.environ else ""
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20

# --- files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT, PICTURES = VAR_DIR / "media", VAR_DIR / "pictures"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Members' pictures: never below MEDIA_URL, for each is asked for by somebody who may see it or may not.
    "pictures": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PICTURES}},
    "staticfiles": {"BACKEND": "community.commons.assets.HashedStorage"},
}
SERVESTATIC_USE_FINDERS = DEBUG
SERVESTATIC_AUTOREFRESH = DEBUG

# --- the desk

DESK_PREFIX = "/desk/"
WAGTAIL_SITE_NAME = "Homeground"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "/join/"
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/join/"
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.PictureForm"
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"webp": "webp", "avif": "avif"}
WAGTAILIMAGES_AVIF_QUALITY = 60  # looks the same, and takes an eighth of the time
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}

# --- safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "community.commons.origins.refused"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- the front door

TRACKED_LINK_PREFIX = "/go/"  # answered by campaigns/edge.py before Django wakes
# Besides this site's own pages: host names, or ".brand.tw" for all names below one.
ALLOWED_DESTINATION_HOSTS = text("ALLOWED_DESTINATION_HOSTS", "").lower().replace(",", " ").split()

# --- pages for strangers

# Rendered once and shown to every stranger until something on them changes; see commons/public_pages.py.
PUBLIC_PAGES = flag("PUBLIC_PAGES", default=not DEBUG)
METRICS_TOKEN = secret("METRICS_TOKEN") if {"METRICS_TOKEN", "METRICS_TOKEN_FILE"} & os.environ.keys() else ""
NETWORKS_FILE = text("NETWORKS_FILE", "")  # more ranges of addresses and what they are: see campaigns/networks.txt

# --- programs that ask us

API_REQUESTS_A_MINUTE = number("API_REQUESTS_A_MINUTE", 600)  # of one key

# Files of costs and posts: larger ones are refused before anything is read.
IMPORT_MOST_BYTES = number("IMPORT_MOST_MEGABYTES", 100) * 1_000_000
IMPORT_MOST_ROWS = number("IMPORT_MOST_ROWS", 300_000)
# What a request may send, by how its address begins; the first that fits. Room is left for what a form puts around a file.
BODY_LIMITS = [
    ("/painted/", 64_000),
    ("/api/", 2_000_000),
    ("/desk/costs/sheets/", IMPORT_MOST_BYTES + 100_000),
    ("/desk/campaigns/", 4_000_000),
    ("/desk/documents/", number("DOCUMENT_MOST_MEGABYTES", 100) * 1_000_000),
    ("", WAGTAILIMAGES_MAX_UPLOAD_SIZE + 5_000_000),
]

# --- told outward: only of members who allowed it, and nothing at all while these are unset

META_PIXEL_ID = text("META_PIXEL_ID", "")
META_ACCESS_TOKEN = (
    secret("META_ACCESS_TOKEN") if {"META_ACCESS_TOKEN", "META_ACCESS_TOKEN_FILE"} & os.environ.keys() else ""
)
META_API_VERSION = text("META_API_VERSION", "v25.0")
META_TEST_EVENT_CODE = text("META_TEST_EVENT_CODE", "")
META_BASE_URL = text("META_BASE_URL", "https://graph.facebook.com").rstrip("/")
GA4_MEASUREMENT_ID = text("GA4_MEASUREMENT_ID", "")
GA4_API_SECRET = secret("GA4_API_SECRET") if {"GA4_API_SECRET", "GA4_API_SECRET_FILE"} & os.environ.keys() else ""
GA4_BASE_URL = text("GA4_BASE_URL", "https://www.google-analytics.com").rstrip("/")
GA4_TEST = flag("GA4_TEST", default=False)  # ask Google whether events are well made, without counting them

# --- asking other sites

FETCH_PORTS = [int(port) for port in text("FETCH_PORTS", "").replace(",", " ").split()]  # besides 80 and 443
FETCH_PRIVATE = flag("FETCH_PRIVATE", default=False)  # private networks too, on any port: a trial on one machine, tests
LINK_CARDS = flag("LINK_CARDS", default=True)  # whether we ask what links in posts lead to
VIDEO_HOSTS = text("VIDEO_HOSTS", "youtube vimeo").split()  # whose films may be framed, see forum/cards/videos.py

# --- the wire

LIVE_SOCKETS_PER_ADDRESS = number("LIVE_SOCKETS_PER_ADDRESS", 300)  # in one process; a whole office is one address
LIVE_SOCKETS_PER_MEMBER = number("LIVE_SOCKETS_PER_MEMBER", 40)  # in one process; one for each page that is open

# --- log

LOGGING = logs.config(level=text("LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_CELERY_ENABLED = False
