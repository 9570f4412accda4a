"""Every address of the service, journey by journey."""

from django.urls import include, path

urlpatterns = [
    path("", include("commonweal.web.organisations.urls")),
    path("", include("commonweal.web.assessments.urls")),
    path("", include("commonweal.web.results.urls")),
    path("", include("commonweal.web.plans.urls")),
    path("", include("commonweal.web.programmes.urls")),
    path("", include("commonweal.web.governance.urls")),
    path("", include("commonweal.web.indexes.urls")),
    path("", include("commonweal.web.workbooks.urls")),
    path("", include("commonweal.web.questions.urls")),
    path("", include("commonweal.web.decisions.urls")),
    path("", include("commonweal.web.sides.urls")),
    path("", include("commonweal.web.trail.urls")),
    path("", include("commonweal.web.describing.urls")),
    path("", include("commonweal.web.operating.urls")),
    path("", include("commonweal.web.people.urls")),
    path("", include("commonweal.web.accounts.urls")),
    path("", include("commonweal.web.entrance.urls")),
]

handler400 = "commonweal.web.components.failures.bad_request"
handler404 = "commonweal.web.components.failures.not_found"
handler500 = "commonweal.web.components.failures.server_error"
