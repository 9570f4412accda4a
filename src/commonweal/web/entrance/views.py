"""Signing in by a one-time link, and the pages that everybody may read."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.services.actions.sign_in import use_link as use_link_once
from commonweal.standards.catalogue import load_index, references


@login_not_required
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """What to do without a sign-in: the link that the program prints, or one's account."""
    return redirect("account_login") if settings.ACCOUNTS else render(request, "entrance/sign_in.html")


@login_not_required
@require_http_methods(["GET", "POST"])
def use_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link's own page: looking at it uses nothing up, its button signs in."""
    if settings.ACCOUNTS:
        return redirect("account_login")
    if request.method == "GET":
        return redirect("start") if request.user.is_authenticated else render(request, "entrance/open.html")
    person = use_link_once(token=token, now=timezone.now())
    if person is None:
        return render(request, "entrance/sign_in.html", {"link_is_used": True}, status=403)
    login(request, person)
    return redirect("start")


@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask first, since a new link is needed to come back; then end the session."""
    if settings.ACCOUNTS:
        return redirect("account_logout")
    if request.method != "POST":
        return render(request, "entrance/sign_out.html")
    logout(request)
    return redirect("sign-in")


@login_not_required
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What this is, where the index comes from, how levels are worked out."""
    return render(request, "entrance/about.html", {"indexes": [load_index(reference) for reference in references()]})


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "entrance/accessibility.html")


@login_not_required
@require_GET
def cookies(request: HttpRequest) -> HttpResponse:
    """The two cookies there are."""
    return render(request, "entrance/cookies.html", {"accounts": settings.ACCOUNTS})
