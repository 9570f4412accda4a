"""Addresses of indexes that organisations write themselves."""

from django.urls import path

from commonweal.web.indexes import draft_views, part_views, table_views, views

urlpatterns = [
    path("organisations/<uuid:organisation_id>/indexes/", views.indexes, name="indexes"),
    path("index-templates/<slug:index_format>/", views.template_file, name="index-template"),
    path("index-versions/<str:reference>/", views.changes, name="index-changes"),
    path("indexes/<uuid:own_index_id>/", draft_views.own_index_page, name="own-index"),
    path("indexes/<uuid:own_index_id>/publish/", draft_views.publish, name="publish-index"),
    path("indexes/<uuid:own_index_id>/files/<slug:index_format>/", draft_views.as_file, name="own-index-file"),
    path("indexes/<uuid:own_index_id>/preview/<str:code>/", draft_views.preview, name="preview-theme"),
    path("indexes/<uuid:own_index_id>/table/", table_views.table, name="index-table"),
    path("indexes/<uuid:own_index_id>/about/", part_views.about, name="own-index-about"),
    path("indexes/<uuid:own_index_id>/levels/", part_views.levels, name="own-index-levels"),
    path("indexes/<uuid:own_index_id>/themes/<str:code>/", part_views.theme, name="own-theme"),
    path("indexes/<uuid:own_index_id>/questions/<str:question>/", part_views.question, name="own-question"),
]
