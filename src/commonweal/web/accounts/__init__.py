"""Accounts: signing in, passwords, one-time codes, passkeys, sessions. django-allauth does it; the pages are ours."""
