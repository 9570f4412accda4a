"""Addresses of an assessment while it is answered."""

from django.urls import path

from commonweal.web.assessments import not_applying, short_form, theme_views, views

urlpatterns = [
    path("assessments/<uuid:assessment_id>/", views.task_list, name="task-list"),
    path("assessments/<uuid:assessment_id>/not-applying/", not_applying.not_applying, name="not-applying"),
    path("assessments/<uuid:assessment_id>/check/", views.check, name="check"),
    path("assessments/<uuid:assessment_id>/themes/<str:code>/", theme_views.theme, name="theme"),
    path("assessments/<uuid:assessment_id>/short-form/", short_form.begin, name="short-form"),
    path("assessments/<uuid:assessment_id>/short-form/<str:code>/", short_form.theme, name="short-form-theme"),
]
