"""The one settings module. Everything that differs between installations comes from the environment (see `lontar env`).

Two database aliases reach the same database: `default` as the plain role that row-level security binds, `owner` for
migrations only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pghistory
import pgtrigger
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lontar import environment
from lontar.host import embedded, places
from lontar.host.secrets import secret
from lontar.host.trackers import TRACKERS

PACKAGE = Path(__file__).resolve().parent
DEBUG = environment.flag("LONTAR_DEBUG", default=False)
EMBEDDED = not environment.text("DATABASE_URL", "")
DATABASE_URL = environment.text("DATABASE_URL", "") or embedded.url()
APP_ROLE = "lontar_app"

# Secrets: an installation on the embedded database makes its own; any other names them in its environment.
SECRET_KEY = secret("LONTAR_SECRET_KEY", generate=EMBEDDED)
FIELD_KEY = secret("LONTAR_FIELD_KEY", generate=EMBEDDED)
INDEX_KEY = secret("LONTAR_INDEX_KEY", generate=EMBEDDED)

ALLOWED_HOSTS = environment.words("LONTAR_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("LONTAR_ORIGINS", "")
SECURE = environment.flag("LONTAR_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "lontar.access",  # before allauth, whose templates it replaces
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "lontar.audit",
    "lontar.ui",
    "lontar.documents",
    "lontar.registry",
    "lontar.intake",
    "lontar.mapping",
    "lontar.verification",
    "lontar.selection",
    "lontar.designation",
    "lontar.stars",
    "lontar.priority",
    "lontar.returns",
    "lontar.monitoring",
    "lontar.verdicts",
    "lontar.value",
    "lontar.reports",
    "lontar.api",
    "lontar.portal",
    "lontar.office",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lontar.ui.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lontar.access.middleware.LastSeenMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lontar.access.middleware.PostMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lontar.urls"
WSGI_APPLICATION = "lontar.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "lontar.access.context.acting",
                "lontar.office.context.office",
                "lontar.portal.context.public",
            ],
        },
    }
]

_database = environment.postgres(DATABASE_URL)
_options: dict[str, Any] = _database["OPTIONS"]  # type: ignore[assignment]


def _alias(role: str | None) -> dict[str, Any]:
    """One database alias; `role` is taken at connect time, so that RESET ROLE cannot leave it."""
    words = "-c timezone=UTC -c jit=off" + (f" -c role={role}" if role else "")
    return {
        **_database,
        "OPTIONS": {**_options, "options": words, "connect_timeout": 10},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _alias(APP_ROLE), "owner": _alias(None)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/kantor/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_ADAPTER = "lontar.access.adapter.ClosedAdapter"
ACCOUNT_FORMS = {
    "login": "lontar.access.forms.LoginForm",
    "reset_password": "lontar.access.forms.ResetPasswordForm",
    "reset_password_from_key": "lontar.access.forms.ResetPasswordKeyForm",
    "change_password": "lontar.access.forms.ChangePasswordForm",
    "set_password": "lontar.access.forms.SetPasswordForm",
    "reauthenticate": "lontar.access.forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# An office is many people behind one address. Who guesses one account is stopped by axes below; this stops who guesses
# one account from many addresses, or many accounts from one.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,20/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.whole("LONTAR_PROXIES", 0)
USERSESSIONS_TRACK_ACTIVITY = True
MFA_ADAPTER = "lontar.access.adapter.SealedMFA"
MFA_FORMS = {
    "authenticate": "lontar.access.forms.AuthenticateForm",
    "reauthenticate": "lontar.access.forms.ReauthenticateCodeForm",
    "activate_totp": "lontar.access.forms.ActivateTOTPForm",
    "add_webauthn": "lontar.access.forms.AddWebAuthnForm",
    "edit_webauthn": "lontar.access.forms.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Lontar"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "lontar.access.adapter.locked_out"
AXES_USERNAME_CALLABLE = "lontar.access.adapter.attempted_name"
AXES_CLIENT_IP_CALLABLE = "lontar.access.adapter.client_ip"
AXES_USERNAME_FORM_FIELD = "login"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "password", "code"]
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

EMAIL_BACKEND = environment.text("LONTAR_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(places.data() / "surat")
DEFAULT_FROM_EMAIL = environment.text("LONTAR_EMAIL_FROM", "lontar@localhost")

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", "English")]
LOCALE_PATHS = [str(PACKAGE / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Makassar"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = str(places.inside("static"))  # whitenoise warns when it is missing
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(places.data() / "media"), "file_permissions_mode": 0o640},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[A-Za-z0-9_-]{8}\."
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_TEMP_DIR = str(places.inside("tmp"))
UPLOAD_LIMIT = environment.whole("LONTAR_UPLOAD_LIMIT_MIB", 64) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# History: one statement-level trigger per operation, so that a bulk change costs one insert, not one per row.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_LEVEL = pgtrigger.Statement
# History is read by record or by context, never by another foreign key: those indexes would only slow bulk loads.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(db_index=True)
PGHISTORY_DEFAULT_TRACKERS = TRACKERS
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_DATABASE_ALIAS = "default"

LOGGING_CONFIG = None

# What the installation covers; a province or country is one code prefix.
PROGRAMME_ROOT = environment.text("LONTAR_PROGRAMME_ROOT", "53")
# Where people reach this installation, for the QR codes of papers; empty: the address of the request that asks for one.
PUBLIC_ADDRESS = environment.address("LONTAR_PUBLIC_ADDRESS")

# What papers are signed with; an installation on the embedded database makes itself a key that says it is a sample.
SIGN_CERTIFICATE = environment.text("LONTAR_SIGN_CERTIFICATE", "")
SIGN_PASSWORD = environment.text("LONTAR_SIGN_PASSWORD", "")
SIGN_TRUST = environment.text("LONTAR_SIGN_TRUST", "")
TSA_URL = environment.text("LONTAR_TSA_URL", "")
TSA_USER = environment.text("LONTAR_TSA_USER", "")
TSA_PASSWORD = environment.text("LONTAR_TSA_PASSWORD", "")
BSRE_URL = environment.text("LONTAR_BSRE_URL", "")
BSRE_USER = environment.text("LONTAR_BSRE_USER", "")
BSRE_PASSWORD = environment.text("LONTAR_BSRE_PASSWORD", "")
BSRE_TIMEOUT = environment.whole("LONTAR_BSRE_TIMEOUT", 60)
SIGNER = environment.one_of(
    "LONTAR_SIGNER",
    ("demo", "certificate", "bsre", "none"),
    default="bsre" if BSRE_URL else "certificate" if SIGN_CERTIFICATE else "demo" if EMBEDDED else "none",
)
