"""The settings. What an installation may choose comes from the environment: docs/reference/settings.md lists it."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from commonweal.config.home import home_folder, secret_key
from commonweal.config.sign_on import apps, origins, sign_on
from commonweal.core.retention import Retention

_PACKAGE = Path(__file__).resolve().parent.parent
HOME = home_folder()
SECRET_KEY = secret_key(HOME)
DEBUG = False
HTTPS = os.environ.get("COMMONWEAL_HTTPS", "") == "1"
ALLOWED_HOSTS = os.environ.get("COMMONWEAL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

ACCOUNTS = os.environ.get("COMMONWEAL_ACCOUNTS", "") == "1"
"""Whether people sign in with accounts of their own. Without, it is one person's on their own computer."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "commonweal.store",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "commonweal.web.components.safeguards.Safeguards",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # around the fence: what follows a commit needs the request
    "commonweal.web.accounts.arrival.BehindTheFence",
    "commonweal.web.accounts.limits.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "commonweal.web.accounts.limits.SecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "commonweal.config.urls"
WSGI_APPLICATION = "commonweal.config.wsgi.application"
AUTH_USER_MODEL = "store.Person"
LOGIN_URL = "account_login" if ACCOUNTS else "sign-in"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "sign-in"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# SQLite: a commit is on the disk when it is acknowledged (FULL; NORMAL loses some in a power cut), readers do not
# wait for writers (WAL), and a transaction asks for the right to write before it reads (IMMEDIATE), so that two that
# read and then write never meet in a deadlock.
_SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


_PREPARED = {"server_side_binding": True, "prepare_threshold": 3}


def _database() -> dict[str, Any]:
    """The embedded database in the home folder, or the one that COMMONWEAL_DATABASE_URL names."""
    address = os.environ.get("COMMONWEAL_DATABASE_URL")
    if address:
        found = dj_database_url.parse(address, conn_max_age=600, conn_health_checks=True)
        # Statements are planned once a connection: with row-level security, planning takes longer than the answer.
        given = found.get("OPTIONS", {})
        # whatever the server or the role has: a commit is on the disk when it is acknowledged
        durable = f"{given.get('options', '')} -c synchronous_commit=on".strip()
        return {**found, "OPTIONS": {**given, **_PREPARED, "options": durable}}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "commonweal.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": _SQLITE_OPTIONS,
    }


CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Parts of pages, in the memory of each process: never on a disk, and never shared with another service.
    "kept": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "kept",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 100, "CULL_FREQUENCY": 10},
    },
}


EVIDENCE_QUOTA = int(os.environ.get("COMMONWEAL_EVIDENCE_MB", "2000")) * 1_000_000
"""Bytes of files for each organisation."""
RETENTION = Retention(
    people=int(os.environ.get("COMMONWEAL_KEEP_PEOPLE_DAYS", "365")),
    invitations=int(os.environ.get("COMMONWEAL_KEEP_INVITATIONS_DAYS", "365")),
    withdrawn=int(os.environ.get("COMMONWEAL_KEEP_WITHDRAWN_DAYS", "730")),
)
CLAMAV = os.environ.get("COMMONWEAL_CLAMAV", "")


def _evidence() -> dict[str, Any]:
    """A folder in the home folder, or a bucket of a store that speaks S3 (the extra `s3`)."""
    bucket = os.environ.get("COMMONWEAL_S3_BUCKET")
    if not bucket:
        options: dict[str, Any] = {"location": HOME / "evidence", "file_permissions_mode": 0o600}
        return {"BACKEND": "commonweal.services.files.Folder", "OPTIONS": options}
    options = {"bucket_name": bucket, "endpoint_url": os.environ.get("COMMONWEAL_S3_ADDRESS"), "default_acl": "private"}
    return {"BACKEND": "commonweal.services.bucket.Bucket", "OPTIONS": options}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "evidence": _evidence(),
}
DATABASES = {"default": _database()}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {
            "environment": "commonweal.web.components.environment.page_environment",
            "auto_reload": False,
        },
    }
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

# Accounts, after ASVS 5.0 chapters V6 and V7; docs/explanation/accounts.md has a line for each of its rules.
AUTHENTICATION_BACKENDS = ["commonweal.web.accounts.arrival.Accounts"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "commonweal.web.accounts.passwords.NotOurOwnWords"},
]
ACCOUNT_ADAPTER = "commonweal.web.accounts.adapter.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "commonweal.web.accounts.forms.Named"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Commonweal: "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("COMMONWEAL_PROXIES", "0"))
SIGN_ON = sign_on(os.environ.get("COMMONWEAL_SIGN_ON"))
SOCIALACCOUNT_ADAPTER = "commonweal.web.accounts.sign_on.SignOn"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps(SIGN_ON)}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
MFA_ADAPTER = "commonweal.web.accounts.adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {"login_webauthn": "commonweal.web.accounts.passkey_form.SignInWithPasskey"}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a new address is one until its link is opened, and nothing changes before that
MFA_TOTP_ISSUER = "Commonweal"
MFA_TOTP_TOLERANCE = 0
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # a browser takes one on localhost only
SESSION_IDLE_MINUTES = int(os.environ.get("COMMONWEAL_IDLE_MINUTES", "30"))
SESSION_HOURS = 12
PASSWORD_RESET_TIMEOUT = 24 * 3600

EMAIL_HOST = os.environ.get("COMMONWEAL_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("COMMONWEAL_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("COMMONWEAL_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("COMMONWEAL_SMTP_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 30
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "commonweal.web.components.mail.NoMail"
DEFAULT_FROM_EMAIL = os.environ.get("COMMONWEAL_MAIL_FROM", "commonweal@localhost")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = _PACKAGE / "web" / "static"
WHITENOISE_MAX_AGE = 86_400

SESSION_ENGINE = "commonweal.web.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "commonweal.web.components.failures.form_expired"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF, *origins(SIGN_ON)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
"""A theme with the longest notes in every field stays under it; workbooks come as files and have their own limit."""
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000  # two for each step of the largest index that can be written

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # That a request waits for a thread for a moment is nothing to write down.
    "loggers": {"waitress.queue": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
