"""CloudTrail's Event history and GuardDuty's findings: tests say what happened, the layer answers for it."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from moto.guardduty.models import guardduty_backends

from .state import answer, page, state
from .wire import AwsError, Call


def _time_of(record: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(record["eventTime"].replace("Z", "+00:00")).astimezone(timezone.utc)


def _moment(value: Any) -> datetime:
    if isinstance(value, (int, float)):
        return datetime.fromtimestamp(value, timezone.utc)
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _user_name(record: dict[str, Any]) -> str | None:
    identity = record.get("userIdentity") or {}
    if identity.get("userName"):
        return identity["userName"]
    if identity.get("type") == "Root":
        return "root"
    principal = identity.get("principalId") or ""
    return principal.partition(":")[2] or None


def _resources(record: dict[str, Any]) -> list[dict[str, str]]:
    found = [
        {"ResourceType": one.get("type", ""), "ResourceName": one.get("ARN") or one.get("arn", "")}
        for one in record.get("resources") or []
    ]
    for members in (record.get("requestParameters") or {}, record.get("responseElements") or {}):
        for name, value in members.items():
            if isinstance(value, str) and name.lower().endswith(("name", "arn")):
                found.append({"ResourceType": "", "ResourceName": value})
    return found


ATTRIBUTES = {
    "AccessKeyId": lambda record: [(record.get("userIdentity") or {}).get("accessKeyId")],
    "EventId": lambda record: [record.get("eventID")],
    "EventName": lambda record: [record.get("eventName")],
    "EventSource": lambda record: [record.get("eventSource")],
    "ReadOnly": lambda record: [str(record.get("readOnly", False)).lower()],
    "ResourceName": lambda record: [one["ResourceName"] for one in _resources(record)],
    "ResourceType": lambda record: [one["ResourceType"] for one in _resources(record)],
    "Username": lambda record: [_user_name(record)],
}


def _shown(record: dict[str, Any]) -> dict[str, Any]:
    event = {
        "EventId": record["eventID"],
        "EventName": record["eventName"],
        "ReadOnly": str(record.get("readOnly", False)).lower(),
        "AccessKeyId": (record.get("userIdentity") or {}).get("accessKeyId"),
        "EventTime": _time_of(record),
        "EventSource": record["eventSource"],
        "Username": _user_name(record),
        "Resources": _resources(record),
        "CloudTrailEvent": json.dumps(record),
    }
    return {key: value for key, value in event.items() if value is not None}


@answer("cloudtrail", "LookupEvents", why="moto lacks it")
def lookup_events(call: Call) -> Any:
    """Newest first, 50 a page, one attribute at most, the account's own and the region's own events."""
    attributes = call.get("LookupAttributes") or []
    if len(attributes) > 1:
        raise AwsError("InvalidLookupAttributesException", "You can specify only one lookup attribute.", 400)
    found = [
        record
        for record in state().trail_events
        if record.get("recipientAccountId") == call.account and record.get("awsRegion") == call.region
    ]
    for wanted in attributes:
        read = ATTRIBUTES.get(wanted["AttributeKey"])
        if read is None:
            raise AwsError("InvalidLookupAttributesException", f"{wanted['AttributeKey']} is no attribute.", 400)
        found = [record for record in found if wanted["AttributeValue"] in read(record)]
    if call.get("StartTime") is not None:
        found = [record for record in found if _time_of(record) >= _moment(call["StartTime"])]
    if call.get("EndTime") is not None:
        found = [record for record in found if _time_of(record) <= _moment(call["EndTime"])]
    found.sort(key=lambda record: (_time_of(record), record["eventID"]), reverse=True)
    part, token = page([_shown(record) for record in found], call.get("NextToken"), call.get("MaxResults"), 50)
    return {"Events": part, **({"NextToken": token} if token else {})}


def _detector(call: Call) -> None:
    if call["DetectorId"] not in guardduty_backends[call.account][call.region].detectors:
        raise AwsError(
            "BadRequestException",
            "The request is rejected because the input detectorId is not owned by the current account.",
            400,
        )


def _at(finding: dict[str, Any], path: str) -> str | None:
    value: Any = finding
    for name in path.split("."):
        value = value.get(name[:1].upper() + name[1:]) if isinstance(value, dict) else None
    return None if value is None else str(value)


@answer("guardduty", "ListFindings", why="moto lacks it")
def list_findings(call: Call) -> Any:
    _detector(call)
    criteria = (call.get("FindingCriteria") or {}).get("Criterion") or {}
    found = [
        finding["Id"]
        for finding in state().findings[(call.account, call.region)]
        if all(_at(finding, path) in (wanted.get("Equals") or wanted.get("Eq") or []) for path, wanted in criteria.items())
    ]
    part, token = page(found, call.get("NextToken"), call.get("MaxResults"), 50)
    return {"FindingIds": part, **({"NextToken": token} if token else {})}


@answer("guardduty", "GetFindings", why="moto lacks it")
def get_findings(call: Call) -> Any:
    _detector(call)
    wanted = set(call["FindingIds"])
    return {"Findings": [finding for finding in state().findings[(call.account, call.region)] if finding["Id"] in wanted]}
