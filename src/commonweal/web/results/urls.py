"""Addresses of results."""

from django.urls import path

from commonweal.web.results import crosswalk_views, department_views, edition_views, measuring_views, round_views, views

urlpatterns = [
    path("assessments/<uuid:assessment_id>/results/", views.results, name="results"),
    path("assessments/<uuid:assessment_id>/crosswalk/", crosswalk_views.crosswalk, name="crosswalk"),
    path("assessments/<uuid:assessment_id>/edition/", edition_views.edition_page, name="edition"),
    path("organisations/<uuid:organisation_id>/rounds/", views.rounds, name="rounds"),
    path("organisations/<uuid:organisation_id>/departments/", department_views.departments, name="departments"),
    path(
        "organisations/<uuid:organisation_id>/departments/<str:format_name>/",
        department_views.paper,
        name="departments-paper",
    ),
    path("assessments/<uuid:assessment_id>/measuring/", measuring_views.measuring, name="measuring"),
    path("assessments/<uuid:assessment_id>/changes/", round_views.changes, name="round-changes"),
    path("assessments/<uuid:assessment_id>/changes/<str:format_name>/", round_views.paper, name="round-paper"),
]
