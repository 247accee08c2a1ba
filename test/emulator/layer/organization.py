"""Organizations: who may read, and what moto does not know (paths, handshakes, the delegation policy)."""

from __future__ import annotations

from typing import Any

from moto.core.utils import unix_time
from moto.iam.models import iam_backends
from moto.organizations.models import FakeAccount, FakePolicy, OrganizationsBackend, organizations_backends

from .state import answer, after, identifier, page, state
from .wire import AwsError, Call, access_denied

# What a member account may call without being a delegated administrator.
MEMBER_OPERATIONS = {
    "DescribeOrganization",
    "ListHandshakesForAccount",
    "AcceptHandshake",
    "DeclineHandshake",
    "LeaveOrganization",
    "CreateOrganization",
    "DescribeHandshake",
}
DELEGATED_READS = ("List", "Describe")


def organization_of(account: str) -> OrganizationsBackend | None:
    own = organizations_backends[account]["aws"]
    if own.org is not None:
        return own
    master = organizations_backends.master_accounts.get(account)
    return organizations_backends[master[0]]["aws"] if master else None


def is_delegated(account: str, principal: str | None = None) -> bool:
    backend = organization_of(account)
    return backend is not None and any(
        admin.account.id == account and (principal is None or principal in admin.services) for admin in backend.admins
    )


def management_of(account: str) -> str | None:
    backend = organization_of(account)
    return backend.org.master_account_id if backend is not None and backend.org is not None else None


def vantage(call: Call) -> None:
    """Refuses what the caller's account may not read, and points the rest at the account that owns the state."""
    management = management_of(call.account)
    if call.service == "organizations" and call.operation != "CreateOrganization":
        if management is None and call.operation not in MEMBER_OPERATIONS:
            raise AwsError("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.", 400)
        if management in (None, call.account) or call.operation in MEMBER_OPERATIONS:
            return
        if is_delegated(call.account) and call.operation.startswith(DELEGATED_READS):
            call.account = management or call.account
            return
        raise access_denied("organizations", "You don't have permissions to access this resource.")
    if call.service in ("sso-admin", "identitystore") and call.operation not in ("ListInstances", "CreateInstance"):
        if management and management != call.account and is_delegated(call.account, "sso.amazonaws.com"):
            if (call.account, call.region) not in state().identity_centers:
                call.account = management
    if call.service == "account" and call.get("AccountId") not in (None, call.account):
        if management == call.account or is_delegated(call.account, "account.amazonaws.com"):
            call.account = call["AccountId"]
            return
        raise access_denied("account", f"User: {call.caller_arn} is not authorized to perform: account:{call.operation}")


def _backend(call: Call) -> OrganizationsBackend:
    backend = organization_of(call.account)
    if backend is None or backend.org is None:
        raise AwsError("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.", 400)
    return backend


def _path(backend: OrganizationsBackend, account: FakeAccount) -> str:
    units = {unit.id: unit for unit in backend.ou}
    parts: list[str] = []
    parent: str | None = account.parent_id
    while parent is not None and parent in units:
        parts.append(parent)
        parent = units[parent].parent_id
    organization = backend.org.id if backend.org else ""
    return "/".join([organization, *reversed(parts), account.id]) + "/"


@answer("organizations", "ListAccounts", why="moto has no Paths")
def list_accounts(call: Call) -> Any:
    backend = _backend(call)
    described = [{**account.describe(), "Paths": [_path(backend, account)]} for account in backend.accounts]
    items, token = page(described, call.get("NextToken"), call.get("MaxResults"), 20)
    return {"Accounts": items, **({"NextToken": token} if token else {})}


@answer("organizations", "ListPolicies", why="moto refuses the policy types that it does not know")
def list_policies(call: Call) -> Any:
    policies = [p.describe()["Policy"]["PolicySummary"] for p in _backend(call).policies if p.type == call["Filter"]]
    items, token = page(policies, call.get("NextToken"), call.get("MaxResults"), 20)
    return {"Policies": items, **({"NextToken": token} if token else {})}


@answer("organizations", "ListPoliciesForTarget", why="moto refuses the policy types that it does not know")
def list_policies_for_target(call: Call) -> Any:
    backend = _backend(call)
    for target in [*backend.accounts, *backend.ou]:
        if target.id == call["TargetId"]:
            found: list[FakePolicy] = [p for p in target.attached_policies if p.type == call["Filter"]]
            items, token = page(
                [p.describe()["Policy"]["PolicySummary"] for p in found], call.get("NextToken"), call.get("MaxResults"), 20
            )
            return {"Policies": items, **({"NextToken": token} if token else {})}
    raise AwsError("TargetNotFoundException", "You specified a target that doesn't exist.", 400)


# --- delegation policy -------------------------------------------------------------------------------------------


@answer("organizations", "PutResourcePolicy", why="moto lacks it")
def put_resource_policy(call: Call) -> Any:
    backend = _backend(call)
    organization = backend.org.id if backend.org else ""
    policy_id = f"rp-{identifier(14)}"
    state().resource_policy = {
        "ResourcePolicySummary": {
            "Id": policy_id,
            "Arn": f"arn:aws:organizations::{call.account}:resourcepolicy/{organization}/{policy_id}",
        },
        "Content": call["Content"],
    }
    return {"ResourcePolicy": state().resource_policy}


@answer("organizations", "DescribeResourcePolicy", why="moto lacks it")
def describe_resource_policy(call: Call) -> Any:
    if state().resource_policy is None:
        raise AwsError("ResourcePolicyNotFoundException", "We can't find a resource policy for this organization.", 400)
    return {"ResourcePolicy": state().resource_policy}


@answer("organizations", "DeleteResourcePolicy", why="moto lacks it")
def delete_resource_policy(call: Call) -> Any:
    describe_resource_policy(call)
    state().resource_policy = None
    return {}


# --- handshakes --------------------------------------------------------------------------------------------------


@answer("organizations", "InviteAccountToOrganization", why="moto lacks it")
def invite(call: Call) -> Any:
    backend = _backend(call)
    organization = backend.org
    assert organization is not None
    handshake_id = f"h-{identifier(12, 'abcdef0123456789')}"
    moment = unix_time()
    handshake = {
        "Id": handshake_id,
        "Arn": f"arn:aws:organizations::{organization.master_account_id}:handshake/{organization.id}/invite/{handshake_id}",
        "Parties": [
            {"Id": organization.id.removeprefix("o-"), "Type": "ORGANIZATION"},
            {"Id": call["Target"]["Id"], "Type": call["Target"]["Type"]},
        ],
        "State": "OPEN",
        "RequestedTimestamp": moment,
        "ExpirationTimestamp": moment + 15 * 86400,
        "Action": "INVITE",
        "Resources": [
            {"Value": organization.id, "Type": "ORGANIZATION", "Resources": [{"Value": organization.master_account_email, "Type": "MASTER_EMAIL"}]},
            {"Value": call["Target"]["Id"], "Type": call["Target"]["Type"]},
        ],
    }
    state().handshakes.append(handshake)
    return {"Handshake": handshake}


def _handshake(call: Call) -> dict[str, Any]:
    for handshake in state().handshakes:
        if handshake["Id"] == call["HandshakeId"]:
            return handshake
    raise AwsError("HandshakeNotFoundException", "We can't find a handshake with that id.", 400)


@answer("organizations", "CancelHandshake", "DeclineHandshake", why="moto lacks it")
def end_handshake(call: Call) -> Any:
    handshake = _handshake(call)
    handshake["State"] = "CANCELED" if call.operation == "CancelHandshake" else "DECLINED"
    return {"Handshake": handshake}


@answer("organizations", "AcceptHandshake", why="moto lacks it")
def accept_handshake(call: Call) -> Any:
    handshake = _handshake(call)
    inviter = handshake["Arn"].split(":")[4]
    backend = organizations_backends[inviter]["aws"]
    assert backend.org is not None
    state().next_account_ids.insert(0, call.account)
    roles = iam_backends[call.account]["aws"].roles
    before = set(roles)
    account = FakeAccount(backend.org, AccountName=f"invited-{call.account}", Email=f"owner@{call.account}.example")
    for role_id in set(roles) - before:
        del roles[role_id]
    account.joined_method = "INVITED"
    backend.accounts.append(account)
    for policy in ("p-FullAWSAccess", "p-RCPFullAWSAccess"):
        backend.attach_policy(PolicyId=policy, TargetId=account.id)
    handshake["State"] = "ACCEPTED"
    return {"Handshake": handshake}


@answer("organizations", "ListHandshakesForOrganization", why="moto lacks it")
def list_handshakes_for_organization(call: Call) -> Any:
    items, token = page(state().handshakes, call.get("NextToken"), call.get("MaxResults"), 20)
    return {"Handshakes": items, **({"NextToken": token} if token else {})}


@answer("organizations", "ListHandshakesForAccount", why="moto lacks it")
def list_handshakes_for_account(call: Call) -> Any:
    mine = [h for h in state().handshakes if any(party["Id"] == call.account for party in h["Parties"])]
    items, token = page(mine, call.get("NextToken"), call.get("MaxResults"), 20)
    return {"Handshakes": items, **({"NextToken": token} if token else {})}


@answer("cloudformation", "ActivateOrganizationsAccess", "DescribeOrganizationsAccess", why="moto lacks it")
def stack_sets_access(call: Call) -> Any:
    principal = "member.org.stacksets.cloudformation.amazonaws.com"
    if call.operation.startswith("Describe"):
        return {"Status": "ENABLED" if has_service_access(call.account, principal) else "DISABLED"}
    if not has_service_access(call.account, principal):
        _backend(call).enable_aws_service_access(ServicePrincipal=principal)
    return {}


@after("organizations", "DisableAWSServiceAccess")
def service_access_disabled(call: Call, _: dict[str, Any]) -> None:
    """Losing trusted access has effects in the service itself (see the AWS page of each integration)."""
    principal = call["ServicePrincipal"]
    if principal == "iam.amazonaws.com":
        state().root_features.clear()
    if principal == "access-analyzer.amazonaws.com":
        for analyzers in state().analyzers.values():
            for analyzer in analyzers:
                if analyzer["type"].startswith("ORGANIZATION"):
                    analyzer["status"] = "DISABLED"
                    analyzer["statusReason"] = {"code": "AWS_SERVICE_ACCESS_DISABLED"}


def has_service_access(account: str, principal: str) -> bool:
    backend = organization_of(account)
    return backend is not None and any(service["ServicePrincipal"] == principal for service in backend.services)
