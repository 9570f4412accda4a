"""The app's name in Django."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """All tables of the service."""

    name = "commonweal.store"
    label = "store"
