"""Addresses of registers, their entries and the calendar."""

from django.urls import path

from commonweal.web.governance import diary_views, views

urlpatterns = [
    path("organisations/<uuid:organisation_id>/governance/", views.registers, name="governance"),
    path("organisations/<uuid:organisation_id>/calendar/", diary_views.diary_page, name="diary"),
    path("organisations/<uuid:organisation_id>/governance/<slug:register>/", views.register, name="register"),
    path("organisations/<uuid:organisation_id>/governance/<slug:register>/file/", views.as_file, name="register-file"),
    path("organisations/<uuid:organisation_id>/governance/<slug:register>/add/", views.add, name="add-entry"),
    path("entries/<uuid:entry_id>/", views.entry, name="entry"),
    path("entries/<uuid:entry_id>/change/", views.change, name="change-entry"),
    path("entries/<uuid:entry_id>/take-away/", views.take_away, name="take-entry-away"),
]
