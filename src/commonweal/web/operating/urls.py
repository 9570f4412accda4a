"""Addresses of the operator."""

from django.urls import path

from commonweal.web.operating import views

urlpatterns = [
    path("platform/", views.platform, name="platform"),
    path("platform/<uuid:organisation_id>/let-me-in/", views.let_me_in, name="let-me-in"),
    path("platform/<uuid:organisation_id>/publishing/", views.let_it_publish, name="let-publish"),
]
