"""Identity Center: an instance per home region, the roles that assignments make, and the sso-admin reads moto lacks."""

from __future__ import annotations

import json
from typing import Any

from moto.core.utils import unix_time
from moto.iam.models import iam_backends
from moto.identitystore.models import identitystore_backends
from moto.ssoadmin.models import PermissionSet, ssoadmin_backends

from .organization import is_delegated, management_of
from .state import after, answer, identifier, page, state, uuid
from .trail_records import follow_up
from .wire import AwsError, Call

ROLE_PATH = "/aws-reserved/sso.amazonaws.com/"


def enable_identity_center(account: str, region: str, kind: str) -> None:
    state().identity_centers[(account, region)] = kind
    instance = ssoadmin_backends[account][region].instances[0]
    instance.created_date = unix_time()


def _missing(what: str) -> AwsError:
    return AwsError("ResourceNotFoundException", f"{what} could not be found.", 400)


def _instance(call: Call) -> Any:
    if (call.account, call.region) not in state().identity_centers:
        raise _missing("The Identity Center instance")
    return ssoadmin_backends[call.account][call.region].instances[0]


def _list(call: Call, name: str, items: list[Any]) -> dict[str, Any]:
    part, token = page(items, call.get("NextToken"), call.get("MaxResults"), 100)
    return {name: part, **({"NextToken": token} if token else {})}


def _sets(call: Call) -> list[PermissionSet]:
    return ssoadmin_backends[call.account][call.region].permission_sets


def _set(call: Call) -> PermissionSet:
    for found in _sets(call):
        if found.permission_set_arn == call["PermissionSetArn"]:
            return found
    raise _missing("The permission set")


# --- instances ---------------------------------------------------------------------------------------------------


@answer("sso-admin", "ListInstances", why="moto shows an instance in every account and region")
def list_instances(call: Call) -> Any:
    owners = [call.account]
    management = management_of(call.account)
    if management and management != call.account:
        if is_delegated(call.account, "sso.amazonaws.com"):
            owners.append(management)
    found = [
        {
            **{key: value for key, value in ssoadmin_backends[owner][call.region].instances[0].to_json().items() if value is not None},
            "PrimaryRegion": call.region,
            "Regions": [{"RegionName": call.region, "Status": "ACTIVE"}],
        }
        for owner in owners
        if (owner, call.region) in state().identity_centers
    ]
    return _list(call, "Instances", found)


@answer("sso-admin", "CreateInstance", why="moto lacks it")
def create_instance(call: Call) -> Any:
    if (call.account, call.region) in state().identity_centers:
        raise AwsError("ConflictException", "The instance already exists.", 400)
    enable_identity_center(call.account, call.region, "account")
    instance = _instance(call)
    instance.name = call.get("Name")
    return {"InstanceArn": instance.instance_arn}


@answer("sso-admin", "DescribeInstance", why="moto lacks it")
def describe_instance(call: Call) -> Any:
    known = _instance(call)
    return {
        **{key: value for key, value in known.to_json().items() if value is not None},
        "EncryptionConfigurationDetails": {"KeyType": "AWS_OWNED_KMS_KEY", "EncryptionStatus": "ENABLED"},
    }


@answer("sso-admin", "ListRegions", why="moto lacks it")
def list_regions(call: Call) -> Any:
    _instance(call)
    return _list(call, "Regions", [{"RegionName": call.region, "Status": "ACTIVE", "IsPrimaryRegion": True}])


# --- permission sets ---------------------------------------------------------------------------------------------


@answer("sso-admin", "UpdatePermissionSet", why="moto empties what is not named")
def update_permission_set(call: Call) -> Any:
    found = _set(call)
    found.description = call.get("Description", found.description)
    found.session_duration = call.get("SessionDuration", found.session_duration)
    found.relay_state = call.get("RelayState", found.relay_state)
    return {}


@answer("sso-admin", "PutPermissionsBoundaryToPermissionSet", why="moto lacks it")
def put_boundary(call: Call) -> Any:
    state().boundaries_of_sets[_set(call).permission_set_arn] = call["PermissionsBoundary"]
    return {}


@answer("sso-admin", "GetPermissionsBoundaryForPermissionSet", why="moto lacks it")
def get_boundary(call: Call) -> Any:
    boundary = state().boundaries_of_sets.get(_set(call).permission_set_arn)
    if boundary is None:
        raise _missing("The permissions boundary")
    return {"PermissionsBoundary": boundary}


def _assigned_accounts(call: Call, permission_set_arn: str) -> list[str]:
    assignments = ssoadmin_backends[call.account][call.region].account_assignments
    return sorted({a.target_id for a in assignments if a.permission_set_arn == permission_set_arn})


@answer("sso-admin", "ListAccountsForProvisionedPermissionSet", why="moto does not look at assignments")
def list_accounts_for_set(call: Call) -> Any:
    return _list(call, "AccountIds", _assigned_accounts(call, _set(call).permission_set_arn))


@answer("sso-admin", "ListPermissionSetsProvisionedToAccount", why="moto does not look at assignments")
def list_sets_of_account(call: Call) -> Any:
    arns = [s.permission_set_arn for s in _sets(call) if call["AccountId"] in _assigned_accounts(call, s.permission_set_arn)]
    return _list(call, "PermissionSets", arns)


def _provision(call: Call, account: str, permission_set: PermissionSet) -> None:
    """Identity Center keeps a SAML provider and one role per permission set in every account with an assignment."""
    backend = iam_backends[account]["aws"]
    suffix = permission_set.permission_set_arn.rpartition("ps-")[2]
    provider_name = f"AWSSSO_{permission_set.instance_arn.rpartition('ssoins-')[2]}_DO_NOT_DELETE"
    provider_arn = f"arn:aws:iam::{account}:saml-provider/{provider_name}"
    if all(provider.arn != provider_arn for provider in backend.list_saml_providers()):
        issuer = f"https://portal.sso.{call.region}.amazonaws.com/saml/assertion/{account}"
        metadata = f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{issuer}"/>'
        backend.create_saml_provider(provider_name, '<?xml version="1.0" encoding="UTF-8"?>' + metadata)
        follow_up(account, "CreateSAMLProvider", {"name": provider_name}, {"sAMLProviderArn": provider_arn})
    name = f"AWSReservedSSO_{permission_set.name}_{suffix}"
    role = next((r for r in backend.get_roles() if r.name == name), None)
    if role is None:
        trust = {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Federated": provider_arn},
                    "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
                    "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}},
                }
            ],
        }
        path = ROLE_PATH if call.region == "us-east-1" else f"{ROLE_PATH}{call.region}/"
        role = backend.create_role(name, json.dumps(trust), path, None, permission_set.description or "", [], "43200")
        shown = {"roleName": name, "path": path, "maxSessionDuration": 43200}
        asked = {**shown, "assumeRolePolicyDocument": json.dumps(trust, separators=(",", ":"))}
        follow_up(account, "CreateRole", asked, {"role": {**shown, "arn": role.arn, "roleId": role.id}})
    for policy in permission_set.managed_policies:
        if policy.arn not in role.managed_policies:
            backend.attach_role_policy(policy.arn, name)
            follow_up(account, "AttachRolePolicy", {"roleName": name, "policyArn": policy.arn})
    for held in list(role.managed_policies):
        if held not in [policy.arn for policy in permission_set.managed_policies]:
            backend.detach_role_policy(held, name)
            follow_up(account, "DetachRolePolicy", {"roleName": name, "policyArn": held})
    if permission_set.inline_policy:
        if role.policies.get("AwsSSOInlinePolicy") != permission_set.inline_policy:
            asked = {"roleName": name, "policyName": "AwsSSOInlinePolicy", "policyDocument": permission_set.inline_policy}
            follow_up(account, "PutRolePolicy", asked)
        role.policies["AwsSSOInlinePolicy"] = permission_set.inline_policy
    else:
        role.policies.pop("AwsSSOInlinePolicy", None)


@after("sso-admin", "CreateAccountAssignment")
def assignment_created(call: Call, document: dict[str, Any]) -> None:
    if call["TargetType"] == "AWS_ACCOUNT":
        _provision(call, call["TargetId"], _set(call))
    document.get("AccountAssignmentCreationStatus", {})["Status"] = "SUCCEEDED"


@after("sso-admin", "DeleteAccountAssignment")
def assignment_deleted(call: Call, document: dict[str, Any]) -> None:
    """With the last assignment in an account goes the role, and with it every session."""
    document.get("AccountAssignmentDeletionStatus", {})["Status"] = "SUCCEEDED"
    assignments = ssoadmin_backends[call.account][call.region].account_assignments
    arn, target = call["PermissionSetArn"], call["TargetId"]
    if call["TargetType"] != "AWS_ACCOUNT" or any(a.target_id == target and a.permission_set_arn == arn for a in assignments):
        return
    backend = iam_backends[target]["aws"]
    suffix = arn.rpartition("ps-")[2]
    for role in list(backend.get_roles()):
        if role.path.startswith(ROLE_PATH) and role.name.endswith(f"_{suffix}"):
            for held in list(role.managed_policies):
                backend.detach_role_policy(held, role.name)
                follow_up(target, "DetachRolePolicy", {"roleName": role.name, "policyArn": held})
            del backend.roles[role.id]
            follow_up(target, "DeleteRole", {"roleName": role.name})


@after("sso-admin", "DescribeAccountAssignmentCreationStatus", "DescribeAccountAssignmentDeletionStatus")
def assignment_status(call: Call, document: dict[str, Any]) -> None:
    """The layer carries assignments out at once."""
    for key in ("AccountAssignmentCreationStatus", "AccountAssignmentDeletionStatus"):
        if key in document:
            document[key]["Status"] = "SUCCEEDED"


@after("identitystore", "DeleteUser", "DeleteGroup")
def memberships_deleted(call: Call, _: dict[str, Any]) -> None:
    store = identitystore_backends[call.account][call.region].identity_stores.get(call["IdentityStoreId"])
    gone = call.get("UserId") or call.get("GroupId")
    for key, membership in list(store.group_memberships.items() if store else []):
        if gone in (membership["GroupId"], membership["MemberId"]["UserId"]):
            del store.group_memberships[key]


@answer("sso-admin", "ProvisionPermissionSet", why="moto provisions to the caller's account alone")
def provision(call: Call) -> Any:
    permission_set = _set(call)
    for account in [call["TargetId"]] if call.get("TargetId") else _assigned_accounts(call, permission_set.permission_set_arn):
        _provision(call, account, permission_set)
    status = {
        "Status": "SUCCEEDED",
        "RequestId": uuid(),
        "PermissionSetArn": permission_set.permission_set_arn,
        "CreatedDate": unix_time(),
    }
    state().provisionings[status["RequestId"]] = status
    return {"PermissionSetProvisioningStatus": status}


@answer("sso-admin", "DescribePermissionSetProvisioningStatus", why="moto lacks it")
def describe_provisioning(call: Call) -> Any:
    status = state().provisionings.get(call["ProvisionPermissionSetRequestId"])
    if status is None:
        raise _missing("The provisioning request")
    return {"PermissionSetProvisioningStatus": status}


@answer("sso-admin", "CreateInstanceAccessControlAttributeConfiguration", why="moto lacks it")
def create_attributes(call: Call) -> Any:
    state().attributes[call["InstanceArn"]] = call["InstanceAccessControlAttributeConfiguration"]
    return {}


@answer("sso-admin", "DescribeInstanceAccessControlAttributeConfiguration", why="moto lacks it")
def describe_attributes(call: Call) -> Any:
    if call["InstanceArn"] not in state().attributes:
        raise _missing("The attribute configuration")
    return {"Status": "ENABLED", "InstanceAccessControlAttributeConfiguration": state().attributes[call["InstanceArn"]]}


# --- applications and token issuers --------------------------------------------------------------------------------


@answer("sso-admin", "CreateApplication", why="moto lacks it")
def create_application(call: Call) -> Any:
    instance = _instance(call)
    arn = f"arn:aws:sso::{call.account}:application/{instance.instance_arn.rpartition('/')[2]}/apl-{identifier(16, 'abcdef0123456789')}"
    state().applications[arn] = {
        "account": call.account,
        "region": call.region,
        "described": {
            "ApplicationArn": arn,
            "ApplicationProviderArn": call["ApplicationProviderArn"],
            "Name": call["Name"],
            "ApplicationAccount": call.account,
            "InstanceArn": instance.instance_arn,
            "Status": call.get("Status", "ENABLED"),
            "PortalOptions": call.get("PortalOptions", {"Visibility": "ENABLED"}),
            "Description": call.get("Description", ""),
            "CreatedDate": unix_time(),
            "CreatedFrom": call.region,
        },
        "required": True,
        "grants": {},
        "methods": {},
        "scopes": {},
        "assignments": [],
    }
    return {"ApplicationArn": arn}


def _application(call: Call) -> dict[str, Any]:
    found = state().applications.get(call["ApplicationArn"])
    if found is None:
        raise _missing("The application")
    return found


@answer("sso-admin", "ListApplications", why="moto lacks it")
def list_applications(call: Call) -> Any:
    _instance(call)
    return _list(call, "Applications", [a["described"] for a in state().applications.values() if a["described"]["InstanceArn"] == call["InstanceArn"]])


@answer("sso-admin", "DescribeApplication", why="moto lacks it")
def describe_application(call: Call) -> Any:
    return _application(call)["described"]


@answer("sso-admin", "DeleteApplication", why="moto lacks it")
def delete_application(call: Call) -> Any:
    _application(call)
    del state().applications[call["ApplicationArn"]]
    return {}


@answer("sso-admin", "PutApplicationAssignmentConfiguration", why="moto lacks it")
def put_assignment_configuration(call: Call) -> Any:
    _application(call)["required"] = call["AssignmentRequired"]
    return {}


@answer("sso-admin", "GetApplicationAssignmentConfiguration", why="moto lacks it")
def get_assignment_configuration(call: Call) -> Any:
    return {"AssignmentRequired": _application(call)["required"]}


@answer("sso-admin", "GetApplicationSessionConfiguration", why="moto lacks it")
def get_session_configuration(call: Call) -> Any:
    _application(call)
    return {"UserBackgroundSessionApplicationStatus": "DISABLED"}


@answer("sso-admin", "PutApplicationGrant", why="moto lacks it")
def put_grant(call: Call) -> Any:
    _application(call)["grants"][call["GrantType"]] = {"GrantType": call["GrantType"], "Grant": call["Grant"]}
    return {}


@answer("sso-admin", "ListApplicationGrants", why="moto lacks it")
def list_grants(call: Call) -> Any:
    return _list(call, "Grants", list(_application(call)["grants"].values()))


@answer("sso-admin", "PutApplicationAuthenticationMethod", why="moto lacks it")
def put_method(call: Call) -> Any:
    _application(call)["methods"][call["AuthenticationMethodType"]] = {
        "AuthenticationMethodType": call["AuthenticationMethodType"],
        "AuthenticationMethod": call["AuthenticationMethod"],
    }
    return {}


@answer("sso-admin", "ListApplicationAuthenticationMethods", why="moto lacks it")
def list_methods(call: Call) -> Any:
    return _list(call, "AuthenticationMethods", list(_application(call)["methods"].values()))


@answer("sso-admin", "PutApplicationAccessScope", why="moto lacks it")
def put_scope(call: Call) -> Any:
    _application(call)["scopes"][call["Scope"]] = {"Scope": call["Scope"], "AuthorizedTargets": call.get("AuthorizedTargets", [])}
    return {}


@answer("sso-admin", "ListApplicationAccessScopes", why="moto lacks it")
def list_scopes(call: Call) -> Any:
    return _list(call, "Scopes", list(_application(call)["scopes"].values()))


@answer("sso-admin", "CreateApplicationAssignment", why="moto lacks it")
def create_application_assignment(call: Call) -> Any:
    _application(call)["assignments"].append(
        {"ApplicationArn": call["ApplicationArn"], "PrincipalId": call["PrincipalId"], "PrincipalType": call["PrincipalType"]}
    )
    return {}


@answer("sso-admin", "ListApplicationAssignments", why="moto lacks it")
def list_application_assignments(call: Call) -> Any:
    return _list(call, "ApplicationAssignments", _application(call)["assignments"])


@answer("sso-admin", "CreateTrustedTokenIssuer", why="moto lacks it")
def create_issuer(call: Call) -> Any:
    instance = _instance(call)
    arn = f"arn:aws:sso::{call.account}:trustedTokenIssuer/{instance.instance_arn.rpartition('/')[2]}/tti-{uuid()}"
    state().issuers[arn] = {
        "TrustedTokenIssuerArn": arn,
        "Name": call["Name"],
        "TrustedTokenIssuerType": call["TrustedTokenIssuerType"],
        "TrustedTokenIssuerConfiguration": call["TrustedTokenIssuerConfiguration"],
        "_instance": instance.instance_arn,
    }
    return {"TrustedTokenIssuerArn": arn}


@answer("sso-admin", "ListTrustedTokenIssuers", why="moto lacks it")
def list_issuers(call: Call) -> Any:
    _instance(call)
    keys = ("TrustedTokenIssuerArn", "Name", "TrustedTokenIssuerType")
    found = [{key: i[key] for key in keys} for i in state().issuers.values() if i["_instance"] == call["InstanceArn"]]
    return _list(call, "TrustedTokenIssuers", found)


@answer("sso-admin", "DescribeTrustedTokenIssuer", why="moto lacks it")
def describe_issuer(call: Call) -> Any:
    found = state().issuers.get(call["TrustedTokenIssuerArn"])
    if found is None:
        raise _missing("The trusted token issuer")
    return {key: value for key, value in found.items() if not key.startswith("_")}


# --- Identity Store ------------------------------------------------------------------------------------------------


def _created(call: Call, identifier_of_new: str) -> None:
    stamp = {"CreatedAt": unix_time(), "CreatedBy": call.caller_arn, "UpdatedAt": unix_time(), "UpdatedBy": call.caller_arn}
    state().directory_times[identifier_of_new] = stamp


@after("identitystore", "CreateUser", "CreateGroup", "CreateGroupMembership")
def directory_created(call: Call, document: dict[str, Any]) -> None:
    for key in ("MembershipId", "UserId", "GroupId"):
        if key in document:
            _created(call, document[key])
            return


def _store(call: Call) -> Any:
    stores = identitystore_backends[call.account][call.region].identity_stores
    instance = ssoadmin_backends[call.account][call.region].instances[0]
    if (call.account, call.region) not in state().identity_centers or instance.identity_store_id != call["IdentityStoreId"]:
        raise _missing("The identity store")
    return stores.get(call["IdentityStoreId"])


@answer("identitystore", "ListUsers", why="moto has no CreatedAt")
def list_users(call: Call) -> Any:
    store = _store(call)
    users = []
    for user in store.users.values() if store else []:
        shown = {
            "UserId": user.UserId,
            "IdentityStoreId": user.IdentityStoreId,
            "UserName": user.UserName,
            "DisplayName": user.DisplayName,
            "UserStatus": "DISABLED" if user.UserId in state().disabled_users else "ENABLED",
            "Emails": user.Emails or [],
            **state().directory_times.get(user.UserId, {}),
        }
        if user.Name is not None:
            shown["Name"] = {key: value for key, value in user.Name._asdict().items() if value}
        users.append(shown)
    return _list(call, "Users", users)


@answer("identitystore", "ListGroups", why="moto has no CreatedAt")
def list_groups(call: Call) -> Any:
    store = _store(call)
    groups = [
        {
            "GroupId": group.GroupId,
            "IdentityStoreId": group.IdentityStoreId,
            "DisplayName": group.DisplayName,
            **({"Description": group.Description} if group.Description else {}),
            **state().directory_times.get(group.GroupId, {}),
        }
        for group in (store.groups.values() if store else [])
    ]
    return _list(call, "Groups", groups)


@answer("identitystore", "DescribeGroupMembership", why="moto lacks it")
def describe_membership(call: Call) -> Any:
    store = _store(call)
    membership = store.group_memberships.get(call["MembershipId"]) if store else None
    if membership is None:
        raise AwsError("ResourceNotFoundException", "MEMBERSHIP not found.", 400)
    return {**membership, **state().directory_times.get(membership["MembershipId"], {})}


@answer("identitystore", "ListGroupMemberships", why="moto has no CreatedAt")
def list_memberships(call: Call) -> Any:
    store = _store(call)
    memberships = [
        {**membership, **state().directory_times.get(membership["MembershipId"], {})}
        for membership in (store.group_memberships.values() if store else [])
        if membership["GroupId"] == call["GroupId"]
    ]
    return _list(call, "GroupMemberships", memberships)
