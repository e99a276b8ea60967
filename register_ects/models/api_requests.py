"""What lead providers asked over the API, and the answers kept for repeated requests.

Neither holds tokens or personal data beyond ids, dates and enumerations, but for the answers,
which are what the provider was sent and go after a day. Source: spec 02 §2.17.1, §2.22.4.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from register_ects.models.constraints import Unique
from register_ects.models.lead_providers import APIToken, LeadProvider


class APIRequest(models.Model):
    """One request to the lead provider API, kept for 90 days.

    ``id`` is ours; ``request_id`` may be the client's own. Without a valid token there is no
    lead provider, only ``token_prefix``: the first six characters of what was sent. ``query``
    and ``body`` hold what is no personal data, the rest masked; ``body`` is kept for writes that
    failed, ``body_digest`` (SHA-256) for all. ``resource_id`` is the first public id in the path.
    """

    id = models.UUIDField(primary_key=True)
    received_at = models.DateTimeField()
    request_id = models.CharField(max_length=255)
    lead_provider = models.ForeignKey(
        LeadProvider,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    token = models.ForeignKey(
        APIToken,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    token_prefix = models.CharField(max_length=6, null=True)
    method = models.CharField(max_length=10)
    path = models.TextField()
    resource_id = models.UUIDField(null=True)
    query = models.TextField()
    status = models.SmallIntegerField()
    duration_ms = models.IntegerField()
    row_count = models.IntegerField(null=True)
    error_titles = ArrayField(models.TextField(), default=list)
    error_codes = ArrayField(models.TextField(), default=list)
    body_digest = models.CharField(max_length=64, null=True)
    body = models.JSONField(null=True)
    is_replay = models.BooleanField(default=False)
    user_agent = models.TextField()

    class Meta:
        db_table = "api_request_log"
        indexes = [
            models.Index(fields=["lead_provider", "received_at"], name="requests_of_a_provider"),
            models.Index(fields=["received_at"], name="requests_by_age"),
            models.Index(fields=["request_id"], name="requests_by_request_id"),
            models.Index(
                fields=["resource_id", "received_at"],
                name="requests_about_a_resource",
                condition=Q(resource_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"


class IdempotentAnswer(models.Model):
    """The first answer to a write that carried an ``Idempotency-Key``, kept for 24 hours.

    ``target`` is the path below ``/api/v3`` with the query; ``body_digest`` the SHA-256 of the
    body. ``content`` is what was sent, to the byte.
    """

    lead_provider = models.ForeignKey(LeadProvider, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    method = models.CharField(max_length=10)
    target = models.TextField()
    body_digest = models.BinaryField(max_length=32)
    status = models.SmallIntegerField()
    content_type = models.TextField()
    content = models.BinaryField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "api_idempotent_answer"
        constraints = [
            Unique(
                name="one_answer_for_each_idempotency_key",
                fields=["lead_provider", "key"],
                problem="try_again",
                sentence="This could not be saved because its identifier is already in use. Try "
                "again",
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.target} {self.status}"
