"""What tests may set that no AWS call can: root user state, account ids, home of Identity Center, last uses."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from moto.iam.models import AccessKeyLastUsed, iam_backends

from .identity_center import enable_identity_center
from .state import state


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc).replace(tzinfo=None)


def _apply_iam(account: str, wanted: dict[str, Any]) -> None:
    backend = iam_backends[account]["aws"]
    for name, facts in wanted.get("users", {}).items():
        user = backend.get_user(name)
        if "passwordLastUsed" in facts:
            user.password_last_used = _moment(facts["passwordLastUsed"])
    for name, facts in wanted.get("roles", {}).items():
        role = backend.get_role(name)
        if "lastUsed" in facts:
            role.last_used = _moment(facts["lastUsed"])
            role.last_used_region = facts.get("region", "us-east-1")
    for key_id, facts in wanted.get("accessKeys", {}).items():
        used = _moment(facts["lastUsed"])
        backend.access_keys[key_id].last_used = (
            AccessKeyLastUsed(used, facts.get("service", "iam"), facts.get("region", "us-east-1")) if used else None
        )


def apply_state(body: dict[str, Any]) -> None:
    known = state()
    for account, facts in body.get("accounts", {}).items():
        if "root" in facts:
            known.roots[account].update(facts["root"])
        if "regions" in facts:
            known.regions[account].update(facts["regions"])
        if "callerArn" in facts:
            known.caller_arns.pop(account, None)
            if facts["callerArn"] is not None:
                known.caller_arns[account] = facts["callerArn"]
        _apply_iam(account, facts)
    if "nextAccountIds" in body:
        known.next_account_ids = list(body["nextAccountIds"])
    if "identityCenter" in body:
        enable_identity_center(body["identityCenter"]["account"], body["identityCenter"]["region"], "organization")
    if "assumeRoleRefused" in body:
        known.refused_roles = list(body["assumeRoleRefused"])
    if "disabledDirectoryUsers" in body:
        known.disabled_users = list(body["disabledDirectoryUsers"])
    if "enforcePermissions" in body:
        known.enforce_permissions = bool(body["enforcePermissions"])
    if "pageSize" in body:
        known.page_size = body["pageSize"]
    if "credentialReportMaxAgeSeconds" in body:
        known.report_max_age = int(body["credentialReportMaxAgeSeconds"])
    if "events" in body:
        known.trail_events = [dict(record) for record in body["events"]]
    if "findings" in body:
        known.findings.clear()
        for finding in body["findings"]:
            known.findings[(finding["AccountId"], finding["Region"])].append(finding)
    for wanted in body.get("analyzers", []):
        analyzers = known.analyzers[(wanted["account"], wanted["region"])]
        for analyzer in analyzers:
            if analyzer["name"] == wanted["name"]:
                analyzer["status"] = wanted["status"]
                if "statusReason" in wanted:
                    analyzer["statusReason"] = {"code": wanted["statusReason"]}


def describe_state() -> dict[str, Any]:
    known = state()
    return {
        "assumeRoleRefused": known.refused_roles,
        "nextAccountIds": known.next_account_ids,
        "pageSize": known.page_size,
        "credentialReportMaxAgeSeconds": known.report_max_age,
        "accounts": {account: {"root": facts} for account, facts in known.roots.items()},
        "identityCenters": [
            {"account": account, "region": region, "kind": kind} for (account, region), kind in known.identity_centers.items()
        ],
    }
