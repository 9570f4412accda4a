"""Addresses of results."""

from django.urls import path

from commonweal.web.results import views

urlpatterns = [
    path("assessments/<uuid:assessment_id>/results/", views.results, name="results"),
    path("organisations/<uuid:organisation_id>/rounds/", views.rounds, name="rounds"),
]
