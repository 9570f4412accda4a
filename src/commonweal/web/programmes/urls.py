"""Addresses of programmes and their work."""

from django.urls import path

from commonweal.web.programmes import (
    calendar_views,
    change_views,
    comparing,
    link_views,
    making,
    means_views,
    position_views,
    progress_views,
    upkeep_views,
    views,
    what_if,
    work_form_views,
    work_views,
)

urlpatterns = [
    path("organisations/<uuid:organisation_id>/programmes/", views.programmes, name="programmes"),
    path("organisations/<uuid:organisation_id>/programmes/new/<str:template>/", making.start, name="new-programme"),
    path("assessments/<uuid:assessment_id>/adopt/", making.adopt, name="adopt-plan"),
    path("assessments/<uuid:assessment_id>/route/", what_if.route, name="route"),
    path("assessments/<uuid:assessment_id>/within-means/", means_views.within_means, name="within-means"),
    path("assessments/<uuid:assessment_id>/what-if/", what_if.what_if, name="what-if"),
    path("assessments/<uuid:assessment_id>/position/", position_views.position, name="position"),
    path("assessments/<uuid:assessment_id>/upkeep/", upkeep_views.upkeep, name="upkeep"),
    path("assessments/<uuid:assessment_id>/upkeep/<str:kept>/", upkeep_views.keep, name="keep-up"),
    path("programmes/<uuid:programme_id>/", views.programme, name="programme"),
    path("programmes/<uuid:programme_id>/progress/", progress_views.progress, name="progress"),
    path("programmes/<uuid:programme_id>/years/", progress_views.years, name="programme-years"),
    path("programmes/<uuid:programme_id>/paper/", progress_views.paper, name="programme-paper"),
    path("programmes/<uuid:programme_id>/change/", change_views.change, name="change-programme"),
    path("programmes/<uuid:programme_id>/calendar/", calendar_views.feed, name="calendar-feed"),
    path("programmes/<uuid:programme_id>/calendar/take-back/", calendar_views.take_back, name="take-feed-back"),
    path("calendar/<str:feed>/programme.ics", calendar_views.calendar, name="calendar"),
    path("programmes/<uuid:programme_id>/compare/", comparing.compare, name="compare-plan"),
    path("programmes/<uuid:programme_id>/add/", work_form_views.add, name="add-work"),
    path("work/<uuid:work_id>/", work_views.work, name="work"),
    path("work/<uuid:work_id>/links/", link_views.add, name="add-link"),
    path("work/<uuid:work_id>/links/<int:link_id>/", link_views.take_away, name="take-link-away"),
    path("work/<uuid:work_id>/change/", work_form_views.change, name="change-work"),
]
