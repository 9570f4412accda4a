"""Addresses of single questions and their evidence."""

from django.urls import path

from commonweal.web.questions import change_views, evidence_views, views

urlpatterns = [
    path("assessments/<uuid:assessment_id>/questions/<str:question>/", views.question, name="question"),
    path("assessments/<uuid:assessment_id>/questions/<str:question>/remark/", views.remark, name="remark"),
    path("assessments/<uuid:assessment_id>/evidence/", evidence_views.all_evidence, name="all-evidence"),
    path("assessments/<uuid:assessment_id>/evidence/add/", evidence_views.add, name="add-evidence"),
    path("evidence/<uuid:evidence_id>/", evidence_views.evidence, name="evidence"),
    path("evidence/<uuid:evidence_id>/change/", change_views.change, name="change-evidence"),
    path("evidence/<uuid:evidence_id>/file/", evidence_views.file, name="evidence-file"),
    path("evidence/<uuid:evidence_id>/clean/", evidence_views.clean_file, name="clean-evidence-file"),
    path("evidence/<uuid:evidence_id>/withdraw/", evidence_views.withdraw, name="withdraw-evidence"),
]
