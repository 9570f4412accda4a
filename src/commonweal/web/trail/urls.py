"""Addresses of the audit trail."""

from django.urls import path

from commonweal.web.trail import views

urlpatterns = [
    path("organisations/<uuid:organisation_id>/trail/", views.trail, name="trail"),
    path("organisations/<uuid:organisation_id>/trail/file/", views.trail_file, name="trail-file"),
]
