"""Addresses of workbooks."""

from django.urls import path

from commonweal.web.workbooks import views

urlpatterns = [
    path("workbooks/", views.blank_workbooks, name="blank-workbooks"),
    path("workbooks/<str:reference>.xlsx", views.blank_workbook, name="blank-workbook"),
    path("assessments/<uuid:assessment_id>/workbook/", views.workbook, name="workbook"),
    path("assessments/<uuid:assessment_id>/workbook/file/", views.filled_workbook, name="filled-workbook"),
    path("uploads/<uuid:upload_id>/", views.upload, name="upload"),
]
