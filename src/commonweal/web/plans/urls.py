"""Addresses of the plan."""

from django.urls import path

from commonweal.web.plans import views

urlpatterns = [
    path("assessments/<uuid:assessment_id>/plan/", views.plan, name="plan"),
    path("assessments/<uuid:assessment_id>/plan/notes/<str:code>/", views.note, name="plan-note"),
    path("assessments/<uuid:assessment_id>/documents/<str:format_name>/", views.document, name="document"),
]
