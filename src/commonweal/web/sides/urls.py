"""Addresses of the two sides."""

from django.urls import path

from commonweal.web.sides import views

urlpatterns = [
    path("organisations/<uuid:organisation_id>/sides/", views.sides, name="sides"),
    path("sides/<uuid:request_id>/end/", views.end, name="end-side"),
    path("sides/agreed/<uuid:agreement_id>/withdraw/", views.withdraw, name="withdraw-side"),
    path("side/<str:token>/", views.side, name="side"),
]
