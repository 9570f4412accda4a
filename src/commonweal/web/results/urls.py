"""Addresses of results."""

from django.urls import path

from commonweal.web.results import crosswalk_views, views

urlpatterns = [
    path("assessments/<uuid:assessment_id>/results/", views.results, name="results"),
    path("assessments/<uuid:assessment_id>/crosswalk/", crosswalk_views.crosswalk, name="crosswalk"),
    path("organisations/<uuid:organisation_id>/rounds/", views.rounds, name="rounds"),
]
