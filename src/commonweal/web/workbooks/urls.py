"""Addresses of workbooks."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
def stub(request: HttpRequest, **kw) -> HttpResponse: ...

urlpatterns = [
    path("workbooks/", stub, name="blank-workbooks"),
    path("assessments/<uuid:assessment_id>/workbook/", stub, name="workbook"),
]
