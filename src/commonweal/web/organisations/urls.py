"""Addresses of organisations."""

from django.urls import path

from commonweal.web.organisations import opening_views, views

urlpatterns = [
    path("", views.start, name="start"),
    path("organisations/new/", views.new_organisation, name="new-organisation"),
    path("organisations/<uuid:organisation_id>/", views.organisation, name="organisation"),
    path("organisations/<uuid:organisation_id>/assessments/new/", opening_views.new_assessment, name="new-assessment"),
]
