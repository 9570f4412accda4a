"""Addresses of the entrance."""

from django.urls import path

from commonweal.web.entrance import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/<str:token>/", views.use_link, name="use-link"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("cookies/", views.cookies, name="cookies"),
]
