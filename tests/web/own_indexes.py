"""What tests of own indexes send to the pages, and read from them."""

import re
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.service import rows

from commonweal.store.models import OwnIndex

CARBON = Path(__file__).parents[1] / "standards" / "supply-carbon.yaml"


def upload_file(client: Client, council: UUID, content: bytes, name: str = "carbon.yaml") -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    return post(client, reverse("indexes", args=[council]), {"do": "upload", "file": file})


def uploaded(client: Client, council: UUID) -> UUID:
    answer = upload_file(client, council, CARBON.read_bytes())
    return UUID(answer.headers["Location"].strip("/").split("/")[-1])


def post(client: Client, address: str, data: Mapping[str, object]) -> HttpResponse:
    return client.post(address, data)  # type: ignore[return-value]


def page_of(client: Client, name: str, *arguments: object) -> str:
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def values_in(page: str) -> dict[str, str]:
    """The text fields of the last form that is saved on a page, as they stand."""
    inputs = re.findall(r'<input class="govuk-input[^"]*" id="[^"]+" name="([^"]+)" type="text" value="([^"]*)"', page)
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page)
    return dict([*inputs, *areas])


def publish(client: Client, own: UUID, **more: str) -> HttpResponse:
    version = rows(OwnIndex).get(pk=own).version
    return post(client, reverse("publish-index", args=[own]), {"version": version, **more})
