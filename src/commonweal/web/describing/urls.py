"""Addresses of an organisation's settings."""

from django.urls import path

from commonweal.web.describing import views

urlpatterns = [
    path("organisations/<uuid:organisation_id>/settings/", views.settings, name="settings"),
    path("organisations/<uuid:organisation_id>/predecessors/", views.predecessors, name="predecessors"),
]
