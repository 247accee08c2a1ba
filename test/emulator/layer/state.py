"""What the layer remembers beside moto's own backends, and the registries of its answers."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from moto.moto_api._internal import mock_random

from .wire import AwsError, Call

Answer = Callable[[Call], Any]

# Enabled by default in every account, plus one region that is switched on and a few that are not: small on purpose.
REGIONS = {
    "us-east-1": "ENABLED_BY_DEFAULT",
    "eu-west-1": "ENABLED_BY_DEFAULT",
    "eu-central-1": "ENABLED_BY_DEFAULT",
    "ap-southeast-2": "ENABLED_BY_DEFAULT",
    "af-south-1": "DISABLED",
    "ap-east-1": "DISABLED",
    "eu-south-1": "DISABLED",
    "me-south-1": "DISABLED",
}


class State:
    """Everything that a reset forgets."""

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, Any]] = {}
        self.caller_arns: dict[str, str] = {}
        self.refused_roles: list[str] = []
        # Off: only explicit denies hold. On: who has no allow is denied too, and trust policies and SCPs are looked at.
        self.enforce_permissions = False
        self.next_account_ids: list[str] = []
        self.page_size: int | None = None
        self.report_max_age = 0
        self.reports: dict[str, dict[str, Any]] = {}
        self.roots: dict[str, dict[str, Any]] = defaultdict(dict)
        self.regions: dict[str, dict[str, str]] = defaultdict(lambda: dict(REGIONS))
        self.user_boundaries: dict[tuple[str, str], str] = {}
        self.service_credentials: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.root_features: set[str] = set()
        self.resource_policy: dict[str, Any] | None = None
        self.handshakes: list[dict[str, Any]] = []
        self.identity_centers: dict[tuple[str, str], str] = {}
        self.disabled_users: list[str] = []
        self.directory_times: dict[str, dict[str, Any]] = {}
        self.boundaries_of_sets: dict[str, dict[str, Any]] = {}
        self.provisionings: dict[str, dict[str, Any]] = {}
        self.attributes: dict[str, dict[str, Any]] = {}
        self.applications: dict[str, dict[str, Any]] = {}
        self.issuers: dict[str, dict[str, Any]] = {}
        self.function_policies: dict[tuple[str, str, str, str], dict[str, dict[str, Any]]] = {}
        self.function_urls: dict[tuple[str, str, str, str], dict[str, Any]] = {}
        self.layer_policies: dict[tuple[str, str, str, str], dict[str, dict[str, Any]]] = {}
        self.event_sources: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self.deployed: dict[tuple[str, str, str, str], dict[str, Any]] = {}
        self.http_deployments: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        self.stage_deployments: dict[tuple[str, str, str, str], str] = {}
        self.routing_modes: dict[tuple[str, str, str], str] = {}
        self.trail_events: list[dict[str, Any]] = []
        self.findings: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self.analyzers: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)


class Holder:
    """One place to swap the state on reset."""

    state = State()


def state() -> State:
    return Holder.state


ANSWERS: dict[tuple[str, str], tuple[str, Answer]] = {}
AFTER: dict[tuple[str, str], Callable[[Call, dict[str, Any]], None]] = {}
BEFORE: dict[tuple[str, str], list[Callable[[Call], None]]] = {}


def answer(service: str, *operations: str, why: str) -> Callable[[Answer], Answer]:
    """Registers a function that answers instead of moto."""

    def register(function: Answer) -> Answer:
        for operation in operations:
            ANSWERS[(service, operation)] = (why, function)
        return function

    return register


def after(service: str, *operations: str) -> Callable[[Any], Any]:
    """Registers a function that is told when moto has carried out an operation; it may change the JSON answer."""

    def register(function: Any) -> Any:
        for operation in operations:
            AFTER[(service, operation)] = function
        return function

    return register


def before(service: str, *operations: str) -> Callable[[Any], Any]:
    """Registers a function that is asked before an operation is carried out; it may refuse with an AwsError."""

    def register(function: Any) -> Any:
        for operation in operations:
            BEFORE.setdefault((service, operation), []).append(function)
        return function

    return register


def now() -> datetime:
    return datetime.now(timezone.utc).replace(microsecond=0)


def identifier(length: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz0123456789") -> str:
    return "".join(mock_random.choices(alphabet, k=length))


def uuid() -> str:
    return str(mock_random.uuid4())


def page(items: list[Any], token: str | None, size: int | str | None, default: int) -> tuple[list[Any], str | None]:
    """One page of a list, and the token of the next."""
    limit = min(int(size or default), default)
    cap = state().page_size
    if cap is not None:
        limit = min(limit, cap)
    try:
        start = int(base64.urlsafe_b64decode(token.encode()).decode()) if token else 0
    except ValueError as error:
        raise AwsError("ValidationException", "The pagination token is not valid.") from error
    end = start + max(limit, 1)
    following = base64.urlsafe_b64encode(str(end).encode()).decode() if end < len(items) else None
    return items[start:end], following
