"""Addresses under `/api/`; the description of the interface is public, the data is not."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

from primes.api.views import ClaimDetail, Claims, LineExplanation, NoSuchAddress

urlpatterns = [
    path("v1/claims/", Claims.as_view(), name="api_claims"),
    path("v1/claims/<str:public_id>/", ClaimDetail.as_view(), name="api_claim"),
    path(
        "v1/claims/<str:public_id>/lines/<int:position>/explanation/",
        LineExplanation.as_view(),
        name="api_line_explanation",
    ),
    path(
        "schema/",
        SpectacularAPIView.as_view(authentication_classes=[], permission_classes=[AllowAny]),
        name="api_schema",
    ),
    path("<path:rest>", NoSuchAddress.as_view()),
]
