"""Every setting, in reading order, with the embedded default that needs no variable at all.

`studio.env` finds the values and collects what is wrong with them; `env.finish()` at the end refuses to start.
"""

import os
import re
from pathlib import Path

from studio import keys
from studio.addresses import allowed_hosts, read_mail
from studio.database import read_database
from studio.env import PUBLIC, Environment
from studio.lines import brief

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"

env = Environment(dict(os.environ), BASE_DIR / ".env")

# --- where things are kept ---
DATA = env.folder("STUDIO_DATA", BASE_DIR / "var")
STORAGE = env.storage("STUDIO_STORAGE", DATA / "media")  # what media/store.py keeps pictures in
ACCEL = env.prefix("STUDIO_ACCEL")  # where the web server in front of us has the folder of pictures, for X-Accel-Redirect
STATIC_ROOT = env.folder("STUDIO_STATIC", DATA / "static", PUBLIC, sign="staticfiles.json")  # an image has it filled, and read-only
SECRETS = DATA / "secrets"
BACKUPS = Path(env.text("STUDIO_BACKUPS", str(DATA / "backups")))  # made when it is needed: its disk may be away at other times
TEAM_QUOTA = env.number("STUDIO_TEAM_QUOTA", 20, 0, 100_000)  # gigabytes of references
# How the bucket is reached, if pictures lie in one. What is unset here, boto3 looks for in its own places: a profile, the machine's role.
BUCKET = {
    "endpoint_url": env.address("AWS_ENDPOINT_URL", ("https", "http")),
    "region_name": env.text("AWS_DEFAULT_REGION"),
    "aws_access_key_id": env.text("AWS_ACCESS_KEY_ID", hidden=True),
    "aws_secret_access_key": env.text("AWS_SECRET_ACCESS_KEY", hidden=True),
    "aws_session_token": env.text("AWS_SESSION_TOKEN", hidden=True),
}

# --- secrets: made on the first start, never in the repository ---
SECRET_KEY = env.secret("STUDIO_SECRET_KEY", SECRETS / "secret_key", keys.new_secret, keys.weak)
ENCRYPTION_KEYS = keys.split(env.secret("STUDIO_ENCRYPTION_KEYS", SECRETS / "encryption_keys", keys.new_fernet, keys.misshapen))

# --- how the studio is reached ---
HOST = env.host("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, 1, 65535)
SANDBOX_SPEED = env.decimal("STUDIO_SANDBOX_SPEED", 1)  # of `manage.py sandbox`
SANDBOX_PORT = env.number("STUDIO_SANDBOX_PORT", 0, 0, 65535)  # 0: `manage.py up` finds a free one
PUBLIC_URL = env.origin("STUDIO_PUBLIC_URL")
SECURE = PUBLIC_URL.startswith("https://")
DEBUG = env.flag("STUDIO_DEBUG")
if DEBUG and PUBLIC_URL:
    env.problem("STUDIO_DEBUG", "shows source code to visitors. Switch it off or unset STUDIO_PUBLIC_URL.")
ALLOWED_HOSTS = allowed_hosts(PUBLIC_URL, HOST, env.hosts("STUDIO_HOSTS"))
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
PROXIES = env.number("STUDIO_PROXIES", 0, 0, 9)
METRICS_TOKEN = env.text("STUDIO_METRICS_TOKEN", hidden=True)  # who has it may read /metrics; without it only this machine
if METRICS_TOKEN and len(METRICS_TOKEN) < 16:
    env.problem("STUDIO_METRICS_TOKEN", "is too short: it needs at least 16 characters.")

# --- the application ---
INSTALLED_APPS = [
    "generations",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth draws its lists with it
    "django.forms",
    "django_q",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "generations.web.headers.HeadersMiddleware",
    "generations.web.packing.PackingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "studio.health.HealthMiddleware",
    "generations.gallery.express.ExpressMiddleware",
    "generations.compose.quiet.QuietMiddleware",
    "generations.gallery.quiet.StillMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "generations.web.strangers.StrangerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "generations.web.team.TeamMiddleware",
    "generations.web.bodies.FormMiddleware",
    "generations.web.toasts.ToastMiddleware",
]
ROOT_URLCONF = "studio.urls"
WSGI_APPLICATION = "studio.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "generations.web.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "generations.templatetags.studio"],
        },
    }
]
FORM_RENDERER = "generations.web.forms.StudioRenderer"
CSRF_FAILURE_VIEW = "generations.web.errors.csrf_failure"

# --- database, cache, queue ---
DATABASES = {"default": read_database(env, DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.address("REDIS_URL", ("redis", "rediss"), hidden=True)
CACHES = {
    # Shared by all processes, or the limits on sign-in would count in each of them apart; large, or a flood would push them out.
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 3, "socket_timeout": 3},
        }
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    )
}
WEB_PROCESSES = env.number("STUDIO_WEB_PROCESSES", 2, 1, 64)
WEB_THREADS = env.number("STUDIO_WEB_THREADS", 8, 1, 256)
WEB_WAITING = env.number("STUDIO_WEB_WAITING", 44, 1, 1000)  # programs' calls that wait for their pictures, in each web process
WORKERS = env.number("STUDIO_WORKERS", 2, 1, 64)
# Settings that keep django-q2 from running a task twice or wedging; the reasons are in docs/decisions/0003-queue.md.
Q_CLUSTER = {
    "name": "studio",
    "workers": WORKERS,
    "queue_limit": WORKERS,
    "bulk": 1,
    "timeout": 90,
    "retry": 3600,
    "max_attempts": 1,
    "ack_failures": True,
    "save_limit": -1,
    "catch_up": False,
    "recycle": 500,
    "guard_cycle": 0.5,
    "poll": 0.2,
    "label": "Background work",
    "ALT_CLUSTERS": {},
    **({"redis": REDIS_URL} if REDIS_URL else {"orm": "default"}),
}

# --- people ---
AUTH_USER_MODEL = "generations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "compose"
ACCOUNT_ADAPTER = "generations.account.adapters.AccountAdapter"
ACCOUNT_FORMS = {"reset_password_from_key": "generations.account.password.ResetForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "generations.account.adapters.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come by invitation: whoever invited them vouches for the address
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "share_password": "20/m/ip,5/5m/key",  # links for people outside: the key is the link
    "share_comment": "10/m/ip,100/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_ADAPTER = "generations.account.adapters.MFAAdapter"
MFA_FORMS = {"authenticate": "generations.account.codes.CodeForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Seedbed"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # browsers still insist on localhost or https
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ADAPTER = "generations.account.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # the operator's own identity provider is trusted with its addresses
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_LOGIN_ON_GET = False
OIDC_ISSUER = env.address("STUDIO_OIDC_ISSUER", ("https", "http"))
OIDC_NAME = env.text("STUDIO_OIDC_NAME", "OpenID")
OIDC_CLIENT = env.text("STUDIO_OIDC_CLIENT_ID")
OIDC_SECRET = env.text("STUDIO_OIDC_CLIENT_SECRET", hidden=True)
if any([OIDC_ISSUER, OIDC_CLIENT, OIDC_SECRET]) and not all([OIDC_ISSUER, OIDC_CLIENT, OIDC_SECRET]):
    env.problem("STUDIO_OIDC_ISSUER", "needs STUDIO_OIDC_CLIENT_ID and STUDIO_OIDC_CLIENT_SECRET beside it.")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT,
                "secret": OIDC_SECRET,
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# --- programs of teams that are told: where in our own network they may be ---
WEBHOOK_HOSTS = env.hosts("STUDIO_WEBHOOK_HOSTS")

# --- mail: only when configured, and the pages say so ---
EMAIL_URL = env.address("STUDIO_EMAIL_URL", ("smtp", "smtps", "smtp+tls", "file"), hidden=True)
MAIL = bool(EMAIL_URL)
globals().update(read_mail(EMAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mailbox("STUDIO_EMAIL_FROM", "Seedbed <seedbed@localhost>")
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# --- language and time ---
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LANGUAGE_CODE = env.choice("STUDIO_LANGUAGE", "en", [code for code, _name in LANGUAGES])
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["studio.formats"]
TIME_ZONE = env.zone("STUDIO_TIME_ZONE", "UTC")
USE_TZ = True

# --- money: all prices and budgets are in this one currency ---
CURRENCY = env.text("STUDIO_CURRENCY", "USD").upper()
if not re.fullmatch("[A-Z]{3}", CURRENCY):
    env.problem("STUDIO_CURRENCY", "must be three letters such as USD, EUR or CNY.")

# --- files the browser gets ---
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # no default: pictures go through media/store.py
    "staticfiles": {"BACKEND": "studio.static.HashedStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nobody asks for the others, and to compress them takes as long

# --- security: what depends on https follows STUDIO_PUBLIC_URL ---
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_AGE = 7 * 24 * 3600  # after the last visit: web/strangers.py renews it
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_HANDLERS = ["generations.uploading.parcels.NoFiles"]  # the one view that takes files says so itself

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"brief": {"()": "django.utils.log.CallbackFilter", "callback": brief}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.choice("STUDIO_LOG", "WARNING", ["DEBUG", "INFO", "WARNING", "ERROR"])},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"filters": ["brief"]},
        "django-q": {"handlers": [], "level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS = [
    # HSTS for sub-domains and preload lists is the operator's decision about names that are not ours.
    "security.W005",
    "security.W021",
]

env.finish()
