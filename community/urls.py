"""Every address of the site."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as desk_urls
from wagtail.documents import urls as document_urls

from community import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("language/", set_language, name="set_language"),
    path("", include("accounts.urls")),
    path("me/bell/", include("community.notices.bell_urls")),
    path("me/", include("community.forum.standing_urls")),
    path("forum/", include("community.forum.urls")),
    path("api/v1/", include("community.api")),
    path("live/", include("community.live.urls")),
    path("", include("community.campaigns.urls")),
    path("shared/", include("community.insights.shared_urls")),
    path("desk/login/", RedirectView.as_view(url=settings.DESK_PREFIX)),
    path("desk/", include("community.notices.urls")),
    path("desk/", include(desk_urls)),
    path("documents/", include(document_urls)),
    # A trial keeps pictures in a folder; behind a proxy or with object storage nothing arrives here.
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
]
handler400 = "community.errors.bad_request"
handler403 = "community.errors.forbidden"
handler404 = "community.errors.not_found"
handler500 = "community.errors.broken"
