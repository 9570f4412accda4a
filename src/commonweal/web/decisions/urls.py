"""Addresses of decisions."""

from django.urls import path

from commonweal.web.decisions import views

urlpatterns = [
    path("assessments/<uuid:assessment_id>/decisions/", views.decisions, name="decisions"),
    path("assessments/<uuid:assessment_id>/decisions/sign/", views.sign, name="sign"),
]
