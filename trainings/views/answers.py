"""How a page of the trainings is answered."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """With status 422 when an act was refused or something typed is wrong."""
    form = context.get("form")
    wrong = context.get("refusal") or (form is not None and form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, template, context, status=status)
