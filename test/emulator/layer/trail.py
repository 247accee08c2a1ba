"""CloudTrail: organization trails as members see them, and the selectors that AWS sets by default."""

from __future__ import annotations

from typing import Any

from moto.cloudtrail.models import Trail, cloudtrail_backends
from moto.core.utils import unix_time

from .organization import has_service_access, management_of
from .state import answer, page
from .wire import AwsError, Call

DEFAULT_SELECTORS = [
    {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [], "ExcludeManagementEventSources": []}
]


def _trails_of(account: str) -> list[Trail]:
    return [trail for backend in list(cloudtrail_backends[account].values()) for trail in backend.trails.values()]


def _visible(call: Call) -> list[Trail]:
    """Own trails, and in members the organization's, as long as trusted access holds."""
    found = _trails_of(call.account)
    management = management_of(call.account)
    if management and management != call.account and has_service_access(call.account, "cloudtrail.amazonaws.com"):
        found += [trail for trail in _trails_of(management) if trail.is_org_trail]
    return sorted(found, key=lambda trail: trail.arn)


def _find(call: Call, name: str) -> Trail:
    for trail in _visible(call):
        if name == trail.arn or (name == trail.trail_name and trail.account_id == call.account):
            if trail.is_multi_region or trail.region_name == call.region:
                return trail
    raise AwsError("TrailNotFoundException", f"Unknown trail: {name} for the user: {call.account}", 400)


@answer("cloudtrail", "ListTrails", why="moto shows no organization trail in members")
def list_trails(call: Call) -> Any:
    part, token = page([trail.short() for trail in _visible(call)], call.get("NextToken"), None, 100)
    return {"Trails": part, **({"NextToken": token} if token else {})}


@answer("cloudtrail", "DescribeTrails", why="moto shows no organization trail in members")
def describe_trails(call: Call) -> Any:
    shadows = call.get("includeShadowTrails", True)
    names = call.get("trailNameList") or []
    shown = []
    for trail in _visible(call):
        here = trail.region_name == call.region
        if names and trail.arn not in names and trail.trail_name not in names:
            continue
        if here or (trail.is_multi_region and (shadows or names)):
            described = {key: value for key, value in trail.description(include_region=True).items() if value is not None}
            described["HasCustomEventSelectors"] = bool(trail.event_selectors or trail.advanced_event_selectors)
            described["HasInsightSelectors"] = bool(trail.insight_selectors)
            shown.append(described)
    return {"trailList": shown}


@answer("cloudtrail", "GetTrail", why="moto shows no organization trail in members")
def get_trail(call: Call) -> Any:
    return {"Trail": _find(call, call["Name"]).description(include_region=True)}


@answer("cloudtrail", "GetTrailStatus", why="moto takes no full ARN of another account")
def get_trail_status(call: Call) -> Any:
    status = _find(call, call["Name"]).status
    shown: dict[str, Any] = {"IsLogging": status.is_logging}
    if status.started:
        shown["StartLoggingTime"] = unix_time(status.started)
        shown["LatestDeliveryTime"] = unix_time(None if status.is_logging else status.stopped)
    if status.stopped:
        shown["StopLoggingTime"] = unix_time(status.stopped)
    return shown


@answer("cloudtrail", "GetEventSelectors", why="moto leaves out the selectors that AWS sets by default")
def get_event_selectors(call: Call) -> Any:
    trail = _find(call, call["TrailName"])
    if trail.advanced_event_selectors:
        return {"TrailARN": trail.arn, "AdvancedEventSelectors": trail.advanced_event_selectors}
    return {"TrailARN": trail.arn, "EventSelectors": trail.event_selectors or DEFAULT_SELECTORS}


@answer("cloudtrail", "PutEventSelectors", why="moto keeps both kinds of selectors at once")
def put_event_selectors(call: Call) -> Any:
    trail = _find(call, call["TrailName"])
    # AWS shows what was left out as well.
    trail.event_selectors = [{**DEFAULT_SELECTORS[0], **selector} for selector in call.get("EventSelectors") or []]
    trail.advanced_event_selectors = call.get("AdvancedEventSelectors") or []
    return get_event_selectors(call)


@answer("cloudtrail", "StartLogging", "StopLogging", why="moto takes no ARN")
def change_logging(call: Call) -> Any:
    trail = _find(call, call["Name"])
    if trail.account_id != call.account:
        raise AwsError("NotOrganizationMasterAccountException", "Only the owner of the trail may change it.", 400)
    if call.operation == "StartLogging":
        trail.start_logging()
    else:
        trail.stop_logging()
    return {}


@answer("cloudtrail", "GetInsightSelectors", why="moto answers for trails that have none")
def get_insight_selectors(call: Call) -> Any:
    trail = _find(call, call["TrailName"])
    if not trail.insight_selectors:
        raise AwsError("InsightNotEnabledException", f"Trail {trail.trail_name} does not have Insights enabled.", 400)
    return {"TrailARN": trail.arn, "InsightSelectors": trail.insight_selectors}


@answer("cloudtrail", "ListEventDataStores", why="moto lacks it")
def list_event_data_stores(call: Call) -> Any:
    return {"EventDataStores": []}
