"""Addresses of people and invitations."""

from django.urls import path

from commonweal.web.people import placing, views

urlpatterns = [
    path("organisations/<uuid:organisation_id>/people/", views.people, name="people"),
    path("organisations/<uuid:organisation_id>/people/invite/", views.invite, name="invite"),
    path("seats/<int:membership_id>/end/", views.end_seat, name="end-seat"),
    path("invitations/<uuid:invitation_id>/take-back/", views.take_back, name="take-back-invitation"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("assessments/<uuid:assessment_id>/people/", placing.placed, name="placed"),
    path("placements/<int:placement_id>/end/", placing.unplace, name="unplace"),
]
