"""Addresses of sign-in and of one's own account (allauth's views under our names), and the screens of access.

Only the allauth pages that are in use have an address: nobody signs up here, and an address for mail is changed by an
administrator.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path

from lontar.access.doors import ACCOUNT, OPEN, declare
from lontar.access.views import account as own
from lontar.access.views import agencies, people, posts, tokens

_entrance = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("masuk/tertutup/", account.account_inactive, name="account_inactive"),
    path("masuk/lupa/", account.password_reset, name="account_reset_password"),
    path("masuk/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path("masuk/sandi/selesai/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^masuk/sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("keluar/", account.logout, name="account_logout"),
]
_own = [
    path("masuk/ulang/", account.reauthenticate, name="account_reauthenticate"),
    path("masuk/ulang/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("masuk/ulang/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    path("akun/sandi/baru/", account.password_set, name="account_set_password"),
    path("akun/sesi/", sessions.list_usersessions, name="usersessions_list"),
    path("akun/dua-langkah/", mfa.index, name="mfa_index"),
    path("akun/dua-langkah/aplikasi/", totp.activate_totp, name="mfa_activate_totp"),
    path("akun/dua-langkah/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/dua-langkah/pemulihan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/dua-langkah/pemulihan/baru/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("akun/dua-langkah/pemulihan/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("akun/dua-langkah/passkey/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("akun/dua-langkah/passkey/tambah/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("akun/dua-langkah/passkey/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("akun/dua-langkah/passkey/<int:pk>/hapus/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
declare((str(one.name) for one in _entrance), OPEN)
declare((str(one.name) for one in _own), ACCOUNT)

_office = [
    path("akun/", own.account, name="account"),
    path("akun/jabatan/", own.choose_post, name="choose_post"),
    path("akses/instansi/", agencies.agencies, name="agencies"),
    path("akses/instansi/baru/", agencies.agency_new, name="agency_new"),
    path("akses/instansi/<slug:code>/", agencies.agency, name="agency"),
    path("akses/instansi/<slug:code>/ubah/", agencies.agency_change, name="agency_change"),
    path("akses/jabatan/", posts.posts, name="posts"),
    path("akses/jabatan/baru/", posts.post_new, name="post_new"),
    path("akses/jabatan/<int:pk>/", posts.post, name="post"),
    path("akses/jabatan/<int:pk>/ubah/", posts.post_change, name="post_change"),
    path("akses/jabatan/<int:pk>/berikan/", posts.post_give, name="post_give"),
    path("akses/jabatan/<int:pk>/serah-terima/", posts.post_hand_over, name="post_hand_over"),
    path("akses/jabatan/<int:pk>/akhiri/", posts.post_end, name="post_end"),
    path("akses/orang/", people.people, name="people"),
    path("akses/orang/baru/", people.person_new, name="person_new"),
    path("akses/orang/<int:pk>/", people.person, name="person"),
    path("akses/orang/<int:pk>/ubah/", people.person_change, name="person_change"),
    re_path(
        r"^akses/orang/(?P<pk>\d+)/(?P<act>tautan|langkah-kedua|buka-kunci|tutup|buka)/$",
        people.person_act,
        name="person_act",
    ),
    path("akses/kunci/", tokens.tokens, name="tokens"),
    path("akses/kunci/baru/", tokens.token_new, name="token_new"),
    path("akses/kunci/<int:pk>/cabut/", tokens.token_revoke, name="token_revoke"),
]

urlpatterns = [*_entrance, *_own, path("", include((_office, "access")))]
