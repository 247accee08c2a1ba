"""Who may: explicit denies always, allows, trust policies and SCPs once a test asks for them.

Conditions are evaluated with the keys that the layer knows; a key that it does not know is absent from the request.
Resources are named for IAM and STS; elsewhere a statement for certain resources allows, and does not deny.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from moto.iam.models import IAMBackend, iam_backends

from . import wire
from .organization import management_of, organization_of
from .state import state
from .wire import AwsError, Call

PREFIXES = {"accessanalyzer": "access-analyzer", "sso-admin": "sso", "apigatewayv2": "apigateway", "ses": "ses", "sesv2": "ses"}
METHODS = {"Create": "POST", "Delete": "DELETE", "Update": "PATCH", "Put": "PUT", "Import": "PUT", "Tag": "PUT", "Untag": "DELETE"}
# Asked without any permission, and even against an explicit deny.
FREE = {("sts", "GetCallerIdentity")}


class Principal:
    """Whose policies decide: a user, a role, or a user on behalf of whom a federation token was minted."""

    def __init__(self, kind: str, account: str, unique_id: str, name: str, arn: str):
        self.kind = kind
        self.account = account
        self.unique_id = unique_id
        self.name = name
        self.arn = arn


def principal_of_user(account: str, user: Any) -> Principal:
    return Principal("user", account, user.id, user.name, user.arn)


def principal_of_role(account: str, role: Any) -> Principal:
    return Principal("role", account, role.id, role.name, role.arn)


def invalid_token(service: str) -> AwsError:
    code = "UnrecognizedClientException" if wire.is_json(service) else "InvalidClientTokenId"
    return AwsError(code, "The security token included in the request is invalid.", 403)


# --- statements ------------------------------------------------------------------------------------------------------


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


@lru_cache(maxsize=4096)
def _pattern(text: str, ignore_case: bool) -> re.Pattern[str]:
    escaped = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in text)
    return re.compile(f"^{escaped}$", re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def glob(pattern: str, text: str, ignore_case: bool = False) -> bool:
    return _pattern(pattern, ignore_case).match(text) is not None


def statements(document: Any) -> list[dict[str, Any]]:
    if document is None:
        return []
    if isinstance(document, str):
        document = json.loads(unquote(document) if document.startswith("%") else document)
    return _listed(document.get("Statement"))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None


def _one(operator: str, wanted: str, found: str) -> bool:
    if operator == "StringEquals":
        return wanted == found
    if operator in ("StringLike", "ArnLike", "ArnEquals"):
        return glob(wanted, found)
    if operator == "StringEqualsIgnoreCase":
        return wanted.lower() == found.lower()
    if operator == "Bool":
        return wanted.lower() == found.lower()
    if operator.startswith("Date"):
        left, right = _moment(found), _moment(wanted)
        if left is None or right is None:
            return False
        return {
            "DateLessThan": left < right,
            "DateLessThanEquals": left <= right,
            "DateGreaterThan": left > right,
            "DateGreaterThanEquals": left >= right,
            "DateEquals": left == right,
        }.get(operator, False)
    if operator.startswith("Numeric"):
        return {
            "NumericLessThan": float(found) < float(wanted),
            "NumericLessThanEquals": float(found) <= float(wanted),
            "NumericGreaterThan": float(found) > float(wanted),
            "NumericGreaterThanEquals": float(found) >= float(wanted),
            "NumericEquals": float(found) == float(wanted),
        }.get(operator, False)
    raise NotImplementedError(f"condition operator {operator}")


NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotLike": "StringLike",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "DateNotEquals": "DateEquals",
    "NumericNotEquals": "NumericEquals",
}


def holds(condition: dict[str, Any] | None, context: dict[str, str]) -> bool:
    known = {key.lower(): value for key, value in context.items()}
    for full, keys in (condition or {}).items():
        operator = full.removeprefix("ForAnyValue:").removeprefix("ForAllValues:")
        if_exists = operator.endswith("IfExists")
        operator = operator.removesuffix("IfExists")
        for key, values in keys.items():
            found = known.get(key.lower())
            wanted = [str(value).lower() if isinstance(value, bool) else str(value) for value in _listed(values)]
            if operator == "Null":
                if (found is None) != (wanted[0].lower() == "true"):
                    return False
                continue
            if found is None:
                if if_exists or operator in NEGATED or full.startswith("ForAllValues:"):
                    continue
                return False
            if operator in NEGATED:
                if any(_one(NEGATED[operator], value, found) for value in wanted):
                    return False
            elif not any(_one(operator, value, found) for value in wanted):
                return False
    return True


def _concerns(statement: dict[str, Any], action: str, resource: str | None, denies: bool) -> bool:
    if "NotAction" in statement:
        if any(glob(pattern, action, True) for pattern in _listed(statement["NotAction"])):
            return False
    elif not any(glob(pattern, action, True) for pattern in _listed(statement.get("Action"))):
        return False
    resources = _listed(statement.get("Resource"))
    if "NotResource" in statement:
        return resource is None or not any(glob(pattern, resource) for pattern in _listed(statement["NotResource"]))
    if resource is None:
        return "*" in resources or not denies
    return not resources or any(glob(pattern, resource) for pattern in resources)


def decide(documents: list[Any], action: str, resource: str | None, context: dict[str, str]) -> str:
    """deny, allow or nothing: what identity policies say together."""
    verdict = "nothing"
    for document in documents:
        for statement in statements(document):
            denies = statement.get("Effect") == "Deny"
            if _concerns(statement, action, resource, denies) and holds(statement.get("Condition"), context):
                if denies:
                    return "deny"
                verdict = "allow"
    return verdict


# --- what holds for a principal --------------------------------------------------------------------------------------


def _managed(backend: IAMBackend, arns: Any) -> list[Any]:
    found = []
    for arn in arns:
        policy = backend.managed_policies.get(arn)
        if policy is not None:
            found.append(next(v.document for v in policy.versions if v.version_id == policy.default_version_id))
    return found


def _identity_documents(principal: Principal) -> tuple[list[Any], list[Any]] | None:
    """Identity policies and the boundary's; None when the principal is gone, even if a namesake took its place."""
    backend = iam_backends[principal.account]["aws"]
    if principal.kind == "role":
        role = next((role for role in backend.get_roles() if role.id == principal.unique_id), None)
        if role is None:
            return None
        boundary = role.permissions_boundary_arn
        return [*role.policies.values(), *_managed(backend, role.managed_policies)], _managed(backend, [boundary] if boundary else [])
    user = next((user for user in backend.users.values() if user.id == principal.unique_id), None)
    if user is None:
        return None
    documents = [*user.policies.values(), *_managed(backend, user.managed_policies)]
    for group in backend.groups.values():
        if any(member.id == user.id for member in group.users):
            documents += [*group.policies.values(), *_managed(backend, group.managed_policies)]
    boundary = state().user_boundaries.get((principal.account, user.name))
    return documents, _managed(backend, [boundary] if boundary else [])


def _service_control(account: str) -> list[Any]:
    """SCPs on an account's path to the root; none hold in the management account."""
    backend = organization_of(account)
    if backend is None or management_of(account) in (None, account):
        return []
    units = {unit.id: unit for unit in backend.ou}
    node: Any = next((held for held in backend.accounts if held.id == account), None)
    found = []
    while node is not None:
        found += [p.content for p in node.attached_policies if p.type == "SERVICE_CONTROL_POLICY"]
        node = units.get(getattr(node, "parent_id", None) or "")
    return found


def action_of(call: Call) -> str:
    prefix = PREFIXES.get(call.service, call.service)
    if prefix == "apigateway":
        return f"apigateway:{next((m for start, m in METHODS.items() if call.operation.startswith(start)), 'GET')}"
    if call.service == "lambda" and call.operation in ("Invoke", "InvokeAsync"):
        return "lambda:InvokeFunction"
    return f"{prefix}:{call.operation}"


def resource_of(call: Call) -> str | None:
    if call.service == "sts" and call.get("RoleArn"):
        return str(call["RoleArn"])
    if call.service != "iam":
        return None
    backend = iam_backends[call.account]["aws"]
    if call.get("UserName"):
        user = backend.users.get(call["UserName"])
        return user.arn if user else f"arn:aws:iam::{call.account}:user{call.get('Path', '/')}{call['UserName']}"
    if call.get("RoleName"):
        role = next((role for role in backend.get_roles() if role.name == call["RoleName"]), None)
        return role.arn if role else f"arn:aws:iam::{call.account}:role{call.get('Path', '/')}{call['RoleName']}"
    return call.get("PolicyArn")


def context_of(call: Call, principal: Principal, session: dict[str, Any] | None) -> dict[str, str]:
    context = {
        "aws:PrincipalArn": principal.arn,
        "aws:PrincipalAccount": principal.account,
        "aws:PrincipalType": "AssumedRole" if principal.kind == "role" else "User" if session is None else "FederatedUser",
        "aws:RequestedRegion": call.region,
        "aws:SecureTransport": "true",
        "aws:userid": principal.unique_id,
    }
    organization = organization_of(principal.account)
    if organization is not None and organization.org is not None:
        context["aws:PrincipalOrgID"] = organization.org.id
    if principal.kind == "user":
        context["aws:username"] = principal.name
    if session is not None:
        context["aws:TokenIssueTime"] = session["issued"].isoformat()
        if principal.kind == "role":
            context["aws:userid"] = f"{principal.unique_id}:{session['arn'].rpartition('/')[2]}"
        context.update(session.get("context", {}))
    return context


def _denied(call: Call, action: str, resource: str | None, why: str) -> AwsError:
    return wire.access_denied(
        call.service, f"User: {call.caller_arn} is not authorized to perform: {action} on resource: {resource or '*'} {why}"
    )


def authorize(call: Call) -> None:
    """Refuses what the caller may not. Keys of the tests themselves have no principal and may everything."""
    principal = call.principal
    if principal is None:
        return
    documents = _identity_documents(principal)
    if documents is None:
        raise invalid_token(call.service)
    if (call.service, call.operation) in FREE:
        return
    identity, boundary = documents
    session = call.session
    action, resource = action_of(call), resource_of(call)
    context = context_of(call, principal, session)
    verdicts = [(decide(identity, action, resource, context), "identity-based policy")]
    if boundary:
        verdicts.append((decide(boundary, action, resource, context), "permissions boundary"))
    if session is not None and (session.get("policy") or ":federated-user/" in session["arn"]):
        # Who is federated without a policy may nothing.
        policy = [session["policy"]] if session.get("policy") else []
        verdicts.append((decide(policy, action, resource, context), "session policy"))
    for verdict, kind in verdicts:
        if verdict == "deny":
            raise _denied(call, action, resource, f"with an explicit deny in {'an' if kind[0] == 'i' else 'a'} {kind}")
    if not state().enforce_permissions:
        return
    if decide(_service_control(principal.account), action, resource, context) == "deny":
        raise _denied(call, action, resource, "with an explicit deny in a service control policy")
    for verdict, kind in verdicts:
        if verdict == "nothing":
            raise _denied(call, action, resource, f"because no {kind} allows the {action} action")


# --- trust -----------------------------------------------------------------------------------------------------------


def trusts(role: Any, account: str, principal: Principal | None, service: str | None, context: dict[str, str]) -> bool:
    """Whether a role's trust policy lets a principal (or a service) assume it."""
    allowed = False
    for statement in statements(role.assume_role_policy_document):
        if not any(glob(pattern, "sts:AssumeRole", True) for pattern in _listed(statement.get("Action"))):
            continue
        named = statement.get("Principal", {})
        named = {"AWS": "*"} if named == "*" else named
        matches = service is not None and service in _listed(named.get("Service"))
        if principal is not None:
            whole = {principal.account, f"arn:aws:iam::{principal.account}:root"}
            matches = matches or any(one == "*" or one in whole or one == principal.arn for one in _listed(named.get("AWS")))
        if not matches or not holds(statement.get("Condition"), context):
            continue
        if statement.get("Effect") == "Deny":
            return False
        allowed = True
    return allowed
