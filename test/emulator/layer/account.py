"""Account Management, Access Analyzer and STS."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from moto.account.models import account_backends
from moto.iam.models import iam_backends

from .authorization import Principal, context_of, principal_of_role, trusts
from .organization import has_service_access
from .state import answer, identifier, now, page, state
from .wire import AwsError, Call

# --- Account Management ----------------------------------------------------------------------------------------------


@answer("account", "ListRegions", why="moto lacks it")
def list_regions(call: Call) -> Any:
    wanted = call.get("RegionOptStatusContains") or []
    regions = [
        {"RegionName": name, "RegionOptStatus": status}
        for name, status in sorted(state().regions[call.account].items())
        if not wanted or status in wanted
    ]
    part, token = page(regions, call.get("NextToken"), call.get("MaxResults"), 50)
    return {"Regions": part, **({"NextToken": token} if token else {})}


@answer("account", "GetRegionOptStatus", why="moto lacks it")
def region_status(call: Call) -> Any:
    status = state().regions[call.account].get(call["RegionName"])
    if status is None:
        raise AwsError("ValidationException", "The region is not known.", 400)
    return {"RegionName": call["RegionName"], "RegionOptStatus": status}


@answer("account", "EnableRegion", "DisableRegion", why="moto lacks it")
def change_region(call: Call) -> Any:
    region_status(call)
    state().regions[call.account][call["RegionName"]] = "ENABLED" if call.operation == "EnableRegion" else "DISABLED"
    return {}


@answer("account", "GetAlternateContact", why="moto answers 400 where AWS answers 404")
def alternate_contact(call: Call) -> Any:
    contacts = account_backends[call.account]["aws"]._alternate_contacts
    found = contacts.get(call["AlternateContactType"])
    if found is None:
        raise AwsError("ResourceNotFoundException", "No contact of the inputted alternate contact type found.", 404)
    return {
        "AlternateContact": {
            "AlternateContactType": found.alternate_contact_type,
            "Name": found.name,
            "Title": found.title,
            "EmailAddress": found.email_address,
            "PhoneNumber": found.phone_number,
        }
    }


# --- Access Analyzer ---------------------------------------------------------------------------------------------------


@answer("accessanalyzer", "CreateAnalyzer", why="moto lacks the service")
def create_analyzer(call: Call) -> Any:
    arn = f"arn:aws:access-analyzer:{call.region}:{call.account}:analyzer/{call['analyzerName']}"
    if call["type"].startswith("ORGANIZATION") and not has_service_access(call.account, "access-analyzer.amazonaws.com"):
        raise AwsError("ValidationException", "Trusted access for Access Analyzer is not enabled.", 400)
    state().analyzers[(call.account, call.region)].append(
        {
            "arn": arn,
            "name": call["analyzerName"],
            "type": call["type"],
            "createdAt": now(),
            "status": "ACTIVE",
            "tags": call.get("tags", {}),
        }
    )
    return {"arn": arn}


@answer("accessanalyzer", "ListAnalyzers", why="moto lacks the service")
def list_analyzers(call: Call) -> Any:
    found = [a for a in state().analyzers[(call.account, call.region)] if call.get("type") in (None, a["type"])]
    part, token = page(found, call.get("nextToken"), call.get("maxResults"), 100)
    return {"analyzers": part, **({"nextToken": token} if token else {})}


@answer("accessanalyzer", "GetAnalyzer", why="moto lacks the service")
def get_analyzer(call: Call) -> Any:
    for analyzer in state().analyzers[(call.account, call.region)]:
        if analyzer["name"] == call["analyzerName"]:
            return {"analyzer": analyzer}
    raise AwsError("ResourceNotFoundException", "The analyzer could not be found.", 404)


@answer("accessanalyzer", "ListFindings", "ListFindingsV2", why="moto lacks the service")
def list_analyzer_findings(call: Call) -> Any:
    if not any(a["arn"] == call["analyzerArn"] for a in state().analyzers[(call.account, call.region)]):
        raise AwsError("ResourceNotFoundException", "The analyzer could not be found.", 404)
    return {"findings": []}


@answer("accessanalyzer", "DeleteAnalyzer", why="moto lacks the service")
def delete_analyzer(call: Call) -> Any:
    found = state().analyzers[(call.account, call.region)]
    found[:] = [analyzer for analyzer in found if analyzer["name"] != call["analyzerName"]]
    return {}


@answer("accessanalyzer", "ListArchiveRules", why="moto lacks the service")
def list_archive_rules(call: Call) -> Any:
    if not any(a["name"] == call["analyzerName"] for a in state().analyzers[(call.account, call.region)]):
        raise AwsError("ResourceNotFoundException", "The analyzer could not be found.", 404)
    return {"archiveRules": []}


# --- STS -----------------------------------------------------------------------------------------------------------------


def make_session(
    account: str,
    arn: str,
    seconds: int,
    principal: Principal | None,
    policy: str | None = None,
    context: dict[str, str] | None = None,
) -> dict[str, Any]:
    key = iam_backends[account]["aws"].create_temp_access_key()
    expires = now() + timedelta(seconds=seconds)
    state().sessions[key.access_key_id] = {
        "account": account,
        "arn": arn,
        "expires": expires,
        "issued": now(),
        "principal": principal,
        "policy": policy,
        "context": context or {},
    }
    return {
        "AccessKeyId": key.access_key_id,
        "SecretAccessKey": key.secret_access_key,
        "SessionToken": identifier(356),
        "Expiration": expires,
    }


def _refused(call: Call) -> AwsError:
    return AwsError(
        "AccessDenied",
        f"User: {call.caller_arn} is not authorized to perform: sts:AssumeRole on resource: {call['RoleArn']}",
        403,
    )


def _may_assume(call: Call, role: Any) -> bool:
    """Trust policies bind real callers alone; the tests themselves may assume what exists."""
    if call.principal is None or not state().enforce_permissions:
        return True
    context = context_of(call, call.principal, call.session)
    if call.get("ExternalId"):
        context["sts:ExternalId"] = call["ExternalId"]
    return trusts(role, call.account, call.principal, None, context)


@answer("sts", "AssumeRole", why="moto lets anyone assume a role that does not exist")
def assume_role(call: Call) -> Any:
    match = re.match(r"^arn:aws:iam::(\d{12}):role(/.*?)([^/]+)$", call["RoleArn"])
    if not match:
        raise AwsError("ValidationError", f"{call['RoleArn']} is invalid", 400)
    account, path, name = match.groups()
    role = next((r for r in iam_backends[account]["aws"].get_roles() if r.name == name and r.path == path), None)
    if role is None or account in state().refused_roles or call["RoleArn"] in state().refused_roles or not _may_assume(call, role):
        raise _refused(call)
    seconds = int(call.get("DurationSeconds") or 3600)
    if seconds > int(role.max_session_duration or 3600):
        raise AwsError("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", 400)
    arn = f"arn:aws:sts::{account}:assumed-role/{name}/{call['RoleSessionName']}"
    role.last_used = now().replace(tzinfo=None)
    role.last_used_region = call.region
    return {
        "Credentials": make_session(account, arn, seconds, principal_of_role(account, role), call.get("Policy")),
        "AssumedRoleUser": {"AssumedRoleId": f"{role.id}:{call['RoleSessionName']}", "Arn": arn},
    }


@answer("sts", "GetFederationToken", why="moto hands out one fixed key")
def federation_token(call: Call) -> Any:
    arn = f"arn:aws:sts::{call.account}:federated-user/{call['Name']}"
    seconds = int(call.get("DurationSeconds") or 43200)
    return {
        "Credentials": make_session(call.account, arn, seconds, call.principal, call.get("Policy")),
        "FederatedUser": {"FederatedUserId": f"{call.account}:{call['Name']}", "Arn": arn},
        "PackedPolicySize": 4,
    }


@answer("sts", "GetSessionToken", why="moto hands out one fixed key")
def session_token(call: Call) -> Any:
    seconds = int(call.get("DurationSeconds") or 43200)
    return {"Credentials": make_session(call.account, call.caller_arn, seconds, call.principal)}


@answer("sts", "GetCallerIdentity", why="moto knows no session of the layer")
def caller_identity(call: Call) -> Any:
    user_id = call.caller_arn.rpartition("/")[2]
    backend = iam_backends[call.account]["aws"]
    if ":assumed-role/" in call.caller_arn:
        name, session = call.caller_arn.split("/")[-2:]
        role = next((r for r in backend.get_roles() if r.name == name), None)
        user_id = f"{role.id if role else 'AROAEMULATOR000000000'}:{session}"
    elif ":user/" in call.caller_arn:
        user_id = next((user.id for user in backend.users.values() if user.arn == call.caller_arn), user_id)
    return {"UserId": user_id, "Account": call.account, "Arn": call.caller_arn}
