"""Addresses of accounts, by the names that django-allauth asks for."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as codes
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as sign_on
from allauth.socialaccount.providers.openid_connect import views as provider
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from commonweal.web.accounts import views as own

urlpatterns = [
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/new/", account.signup, name="account_signup"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/e-mail/", account.email, name="account_email"),
    path("account/e-mail/sent/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^account/e-mail/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("account/name/", own.name, name="own-name"),
    path("account/unsent/", own.unsent, name="unsent"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/first/", account.password_set, name="account_set_password"),
    path("account/password/forgotten/", account.password_reset, name="account_reset_password"),
    path("account/password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/password/new/(?P<uidb36>[0-9A-Za-z-]+?)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/new/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/", second.index, name="mfa_index"),
    path("account/code/", second.authenticate, name="mfa_authenticate"),
    path("account/code/confirm/", second.reauthenticate, name="mfa_reauthenticate"),
    path("account/codes/", codes.activate_totp, name="mfa_activate_totp"),
    path("account/codes/off/", codes.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/confirm/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/sign-in/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/sign-on/cancelled/", sign_on.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/sign-on/failed/", sign_on.login_error, name="socialaccount_login_error"),
    path("account/sign-on/new/", sign_on.signup, name="socialaccount_signup"),
    path("account/sign-on/mine/", sign_on.connections, name="socialaccount_connections"),
    path("account/sign-on/by/<slug:provider_id>/", provider.login, name="openid_connect_login"),
    path("account/sign-on/by/<slug:provider_id>/back/", provider.callback, name="openid_connect_callback"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
]
