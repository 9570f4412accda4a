"""Single sign-on, bent to this service: an address of the organisation, and an account or an invitation for it."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render

from commonweal.services.people import Person
from commonweal.web.accounts.adapter import is_open

logger = logging.getLogger("commonweal.security")


class SignOn(DefaultSocialAccountAdapter):
    """Sign-ins that another house vouches for."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Nobody gets in whose address the provider does not vouch for, or may not."""
        if not self._vouched_for(sociallogin):
            logger.warning("single sign-on refused: no address that the provider may vouch for")
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))

    def _vouched_for(self, sociallogin: SocialLogin) -> str:
        """The verified address within the provider's own domains, "" if there is none."""
        domains = sociallogin.provider.app.settings["domains"]
        for address in sociallogin.email_addresses:
            if address.verified and address.email.isascii() and address.email.casefold().rpartition("@")[2] in domains:
                return str(address.email)
        return ""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Somebody new comes by invitation here, too, and by the address that was invited."""
        invited, token = str(request.session.get("invited", "")), request.session.get("invitation")
        return bool(
            invited and token and is_open(token) and self._vouched_for(sociallogin).casefold() == invited.casefold()
        )

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        """The account of somebody new."""
        person: Person = super().populate_user(request, sociallogin, data)
        person.email = self._vouched_for(sociallogin).lower()
        person.name = " ".join(str(data.get("name") or person.email).split())[:120]
        return person
