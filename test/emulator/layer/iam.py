"""IAM: the authorization details, the credential report, root facts, and the reads that moto lacks."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, unquote

from moto.iam.models import IAMBackend, ManagedPolicy, iam_backends

from .organization import has_service_access, is_delegated, management_of, organization_of
from .state import answer, identifier, now, page, state
from .wire import AwsError, Call

REPORT_COLUMNS = (
    "user arn user_creation_time password_enabled password_last_used password_last_changed password_next_rotation mfa_active "
    "access_key_1_active access_key_1_last_rotated access_key_1_last_used_date access_key_1_last_used_region access_key_1_last_used_service "
    "access_key_2_active access_key_2_last_rotated access_key_2_last_used_date access_key_2_last_used_region access_key_2_last_used_service "
    "cert_1_active cert_1_last_rotated cert_2_active cert_2_last_rotated"
).split()


def _backend(call: Call) -> IAMBackend:
    return iam_backends[call.account]["aws"]


def _encoded(document: Any) -> str:
    """AWS URL-encodes every policy document; moto stores some encoded and some plain."""
    text = document if isinstance(document, str) else json.dumps(document)
    return quote(unquote(text) if text.startswith("%") else text, safe="")


def _marker_page(call: Call, items: list[Any], default: int = 100) -> tuple[list[Any], dict[str, Any]]:
    part, token = page(items, call.get("Marker"), call.get("MaxItems"), 1000 if call.get("MaxItems") else default)
    return part, {"IsTruncated": token is not None, **({"Marker": token} if token else {})}


def _inline(policies: dict[str, str]) -> list[dict[str, str]]:
    return [{"PolicyName": name, "PolicyDocument": _encoded(document)} for name, document in policies.items()]


def _boundary(arn: str | None) -> dict[str, Any]:
    if not arn:
        return {}
    return {"PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}}


def _user_detail(backend: IAMBackend, user: Any) -> dict[str, Any]:
    return {
        "Path": user.path,
        "UserName": user.name,
        "UserId": user.id,
        "Arn": user.arn,
        "CreateDate": user.create_date,
        "UserPolicyList": _inline(user.policies),
        "GroupList": user.group_list,
        "AttachedManagedPolicies": user.attached_managed_policies,
        **_boundary(state().user_boundaries.get((backend.account_id, user.name))),
        "Tags": user.tags or [],
    }


def _group_detail(group: Any) -> dict[str, Any]:
    return {
        "Path": group.path,
        "GroupName": group.name,
        "GroupId": group.id,
        "Arn": group.arn,
        "CreateDate": group.create_date,
        "GroupPolicyList": _inline(group.policies),
        "AttachedManagedPolicies": group.attached_managed_policies,
    }


def _role_detail(role: Any) -> dict[str, Any]:
    used = {"LastUsedDate": role.last_used, "Region": role.last_used_region} if role.last_used else {}
    return {
        "Path": role.path,
        "RoleName": role.name,
        "RoleId": role.id,
        "Arn": role.arn,
        "CreateDate": role.create_date,
        "AssumeRolePolicyDocument": _encoded(role.assume_role_policy_document),
        "InstanceProfileList": [
            {
                "Path": profile.path,
                "InstanceProfileName": profile.name,
                "InstanceProfileId": profile.id,
                "Arn": profile.arn,
                "CreateDate": profile.create_date,
                "Roles": [],
            }
            for profile in role.instance_profile_list
        ],
        "RolePolicyList": _inline(role.policies),
        "AttachedManagedPolicies": role.attached_managed_policies,
        **_boundary(role.permissions_boundary_arn),
        "Tags": role.tags or [],
        "RoleLastUsed": used,
    }


def _policy_detail(backend: IAMBackend, policy: ManagedPolicy, attached: int) -> dict[str, Any]:
    boundaries = [role.permissions_boundary_arn for role in backend.roles.values()]
    boundaries += [arn for (account, _), arn in state().user_boundaries.items() if account == backend.account_id]
    return {
        "PolicyName": policy.name,
        "PolicyId": policy.id,
        "Arn": policy.arn,
        "Path": policy.path,
        "DefaultVersionId": policy.default_version_id,
        "AttachmentCount": attached,
        "PermissionsBoundaryUsageCount": boundaries.count(policy.arn),
        "IsAttachable": True,
        "CreateDate": policy.create_date,
        "UpdateDate": policy.update_date,
        "PolicyVersionList": [
            {
                "Document": _encoded(version.document),
                "VersionId": version.version_id,
                "IsDefaultVersion": version.version_id == policy.default_version_id,
                "CreateDate": version.create_date or policy.create_date,
            }
            for version in policy.versions
        ],
    }


@answer("iam", "GetAccountAuthorizationDetails", why="moto neither pages nor encodes every document nor names the policies")
def authorization_details(call: Call) -> Any:
    backend = _backend(call)
    wanted = set(call.get("Filter") or ["User", "Group", "Role", "LocalManagedPolicy", "AWSManagedPolicy"])
    attached: dict[str, int] = {}
    for holder in [*backend.users.values(), *backend.groups.values(), *backend.roles.values()]:
        for arn in holder.managed_policies:
            attached[arn] = attached.get(arn, 0) + 1
    in_use = {role.permissions_boundary_arn for role in backend.roles.values()}
    in_use |= {arn for (account, _), arn in state().user_boundaries.items() if account == backend.account_id}
    rows: list[tuple[str, Any]] = []
    if "User" in wanted:
        rows += [("UserDetailList", _user_detail(backend, user)) for user in backend.users.values()]
    if "Group" in wanted:
        rows += [("GroupDetailList", _group_detail(group)) for group in backend.groups.values()]
    if "Role" in wanted:
        rows += [("RoleDetailList", _role_detail(role)) for role in backend.roles.values()]
    for policy in backend.managed_policies.values():
        by_aws = ":iam::aws:" in policy.arn
        if ("AWSManagedPolicy" if by_aws else "LocalManagedPolicy") not in wanted:
            continue
        if not by_aws or policy.arn in attached or policy.arn in in_use:
            rows.append(("Policies", _policy_detail(backend, policy, attached.get(policy.arn, 0))))
    part, tail = _marker_page(call, rows)
    result: dict[str, Any] = {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [], "Policies": [], **tail}
    for name, row in part:
        result[name].append(row)
    return result


@answer("iam", "ListUsers", why="moto does not page")
def list_users(call: Call) -> Any:
    users = [u for u in _backend(call).users.values() if u.path.startswith(call.get("PathPrefix", "/"))]
    part, tail = _marker_page(call, users)
    return {
        "Users": [
            {
                "Path": user.path,
                "UserName": user.name,
                "UserId": user.id,
                "Arn": user.arn,
                "CreateDate": user.create_date,
                **({"PasswordLastUsed": user.password_last_used} if user.password_last_used else {}),
            }
            for user in part
        ],
        **tail,
    }


@answer("iam", "ListRoles", why="moto leaves trust policies plain")
def list_roles(call: Call) -> Any:
    roles = [r for r in _backend(call).roles.values() if r.path.startswith(call.get("PathPrefix", "/"))]
    part, tail = _marker_page(call, roles)
    return {
        "Roles": [
            {
                "Path": role.path,
                "RoleName": role.name,
                "RoleId": role.id,
                "Arn": role.arn,
                "CreateDate": role.create_date,
                "AssumeRolePolicyDocument": _encoded(role.assume_role_policy_document),
                **({"Description": role.description} if role.description else {}),
                "MaxSessionDuration": int(role.max_session_duration or 3600),
            }
            for role in part
        ],
        **tail,
    }


@answer("iam", "PutUserPermissionsBoundary", why="moto lacks it")
def put_user_boundary(call: Call) -> Any:
    user = _user(call)
    state().user_boundaries[(call.account, user.name)] = call["PermissionsBoundary"]
    return {}


@answer("iam", "DeleteUserPermissionsBoundary", why="moto lacks it")
def delete_user_boundary(call: Call) -> Any:
    user = _user(call)
    if state().user_boundaries.pop((call.account, user.name), None) is None:
        raise AwsError("NoSuchEntity", f"The user with name {user.name} has no permissions boundary.", 404)
    return {}


def _user(call: Call) -> Any:
    user = _backend(call).users.get(call["UserName"])
    if user is None:
        raise AwsError("NoSuchEntity", f"The user with name {call['UserName']} cannot be found.", 404)
    return user


# --- root user, summary, report ------------------------------------------------------------------------------------


def root_facts(account: str) -> dict[str, Any]:
    """Members of an organization have no root credentials at all; a management account has a password and MFA."""
    management = management_of(account) in (None, account)
    usual = {
        "passwordPresent": management,
        "mfa": management,
        "accessKeys": [],
        "signingCertificates": 0,
        "createdAt": "2019-01-01T00:00:00Z",
        "passwordLastUsed": None,
    }
    return {**usual, **state().roots[account]}


@answer("iam", "GetAccountSummary", why="moto knows no root user")
def account_summary(call: Call) -> Any:
    backend = _backend(call)
    root = root_facts(call.account)
    summary = {key: value for key, value in backend.account_summary.summary_map.items() if isinstance(value, int)}
    summary.update(
        {
            "AccountMFAEnabled": int(root["mfa"]),
            "AccountAccessKeysPresent": int(bool(root["accessKeys"])),
            "AccountPasswordPresent": int(root["passwordPresent"]),
            "AccountSigningCertificatesPresent": int(root["signingCertificates"] > 0),
            "Providers": len(backend.saml_providers) + len(backend.open_id_providers),
            "Users": len(backend.users),
            "Groups": len(backend.groups),
            "Roles": len(backend.roles),
            "GlobalEndpointTokenVersion": 2,
        }
    )
    return {"SummaryMap": summary}


def _time(moment: Any) -> str:
    if moment is None:
        return "N/A"
    return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00") if isinstance(moment, datetime) else str(moment).replace("Z", "+00:00")


def _keys(facts: list[dict[str, Any]]) -> dict[str, str]:
    row: dict[str, str] = {}
    for number in (1, 2):
        key = facts[number - 1] if len(facts) >= number else None
        prefix = f"access_key_{number}_"
        used = key.get("used") if key else None
        row[prefix + "active"] = str(bool(key and key["active"])).lower()
        row[prefix + "last_rotated"] = _time(key["rotated"]) if key else "N/A"
        row[prefix + "last_used_date"] = _time(used[0]) if used else "N/A"
        row[prefix + "last_used_region"] = used[1] if used else "N/A"
        row[prefix + "last_used_service"] = used[2] if used else "N/A"
    return row


def _report(call: Call) -> str:
    backend = _backend(call)
    root = root_facts(call.account)
    out = io.StringIO()
    writer = csv.DictWriter(out, REPORT_COLUMNS, lineterminator="\n")
    writer.writeheader()
    no_certificates = {"cert_1_active": "false", "cert_1_last_rotated": "N/A", "cert_2_active": "false", "cert_2_last_rotated": "N/A"}
    writer.writerow(
        {
            "user": "<root_account>",
            "arn": f"arn:aws:iam::{call.account}:root",
            "user_creation_time": _time(root["createdAt"]),
            "password_enabled": "not_supported",
            "password_last_used": _time(root["passwordLastUsed"]) if root["passwordLastUsed"] else "no_information",
            "password_last_changed": "not_supported",
            "password_next_rotation": "not_supported",
            "mfa_active": str(bool(root["mfa"])).lower(),
            **_keys(
                [
                    {
                        "active": key.get("active", True),
                        "rotated": key["createdAt"],
                        "used": (key["lastUsed"], key.get("region", "us-east-1"), key.get("service", "s3")) if key.get("lastUsed") else None,
                    }
                    for key in root["accessKeys"]
                ]
            ),
            **no_certificates,
        }
    )
    for user in backend.users.values():
        certificates = list(user.signing_certificates.values())
        shown = dict(no_certificates)
        for number, certificate in enumerate(certificates[:2], start=1):
            shown[f"cert_{number}_active"] = str(certificate.status == "Active").lower()
            shown[f"cert_{number}_last_rotated"] = _time(certificate.upload_date)
        writer.writerow(
            {
                "user": user.name,
                "arn": user.arn,
                "user_creation_time": _time(user.create_date),
                "password_enabled": str(bool(user.password)).lower(),
                "password_last_used": (_time(user.password_last_used) if user.password_last_used else "no_information") if user.password else "N/A",
                "password_last_changed": _time(user.create_date) if user.password else "N/A",
                "password_next_rotation": "N/A",
                "mfa_active": str(bool(user.mfa_devices)).lower(),
                **_keys(
                    [
                        {
                            "active": key.status == "Active",
                            "rotated": key.create_date,
                            "used": (key.last_used.timestamp, key.last_used.region, key.last_used.service) if key.last_used else None,
                        }
                        for key in user.access_keys
                    ]
                ),
                **shown,
            }
        )
    return out.getvalue()


@answer("iam", "GenerateCredentialReport", why="moto never refreshes its report")
def generate_report(call: Call) -> Any:
    known = state().reports.get(call.account)
    if known is not None and known["fresh"] and now() - known["at"] <= timedelta(seconds=max(state().report_max_age, 5)):
        known["fresh"] = state().report_max_age > 0
        return {"State": "COMPLETE"}
    state().reports[call.account] = {"at": now(), "content": _report(call), "fresh": True}
    return {"State": "STARTED", "Description": "No report exists. Starting a new report generation task"}


@answer("iam", "GetCredentialReport", why="moto has no <root_account> row and no real time")
def get_report(call: Call) -> Any:
    known = state().reports.get(call.account)
    if known is None:
        raise AwsError("ReportNotPresent", "Unable to find a credential report. Generate one first.", 410)
    return {"Content": known["content"].encode(), "ReportFormat": "text/csv", "GeneratedTime": known["at"]}


@answer("iam", "ListVirtualMFADevices", why="moto knows no root user")
def list_virtual_devices(call: Call) -> Any:
    devices: list[dict[str, Any]] = []
    for device in _backend(call).virtual_mfa_devices.values():
        shown: dict[str, Any] = {"SerialNumber": device.serial_number}
        if device.enable_date:
            shown["EnableDate"] = device.enable_date
        if device.user:
            user = device.user
            shown["User"] = {"Path": user.path, "UserName": user.name, "UserId": user.id, "Arn": user.arn, "CreateDate": user.create_date}
        devices.append(shown)
    root = root_facts(call.account)
    if root["mfa"]:
        arn = f"arn:aws:iam::{call.account}:root"
        owner = {"Path": "/", "UserName": "", "UserId": call.account, "Arn": arn, "CreateDate": root["createdAt"]}
        devices.append({"SerialNumber": f"arn:aws:iam::{call.account}:mfa/root-account-mfa-device", "EnableDate": root["createdAt"], "User": owner})
    status = call.get("AssignmentStatus", "Any")
    devices = [d for d in devices if status == "Any" or ("User" in d) == (status == "Assigned")]
    part, tail = _marker_page(call, devices)
    return {"VirtualMFADevices": part, **tail}


# --- service-specific credentials ------------------------------------------------------------------------------------


@answer("iam", "CreateServiceSpecificCredential", why="moto lacks it")
def create_service_credential(call: Call) -> Any:
    user = _user(call)
    service = call["ServiceName"]
    with_key = service in ("bedrock.amazonaws.com", "logs.amazonaws.com")
    credential_id = "ACCA" + identifier(17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    known = {
        "CreateDate": now(),
        "ServiceName": service,
        "ServiceSpecificCredentialId": credential_id,
        "UserName": user.name,
        "Status": "Active",
        **({"ExpirationDate": now() + timedelta(days=call["CredentialAgeDays"])} if call.get("CredentialAgeDays") else {}),
        **(
            {"ServiceCredentialAlias": f"{user.name}-at-{call.account}"}
            if with_key
            else {"ServiceUserName": f"{user.name}-at-{call.account}"}
        ),
    }
    state().service_credentials[call.account].append(known)
    secret = {"ServiceCredentialSecret": "ABSK" + identifier(40)} if with_key else {"ServicePassword": identifier(40)}
    return {"ServiceSpecificCredential": {**known, **secret}}


@answer("iam", "ListServiceSpecificCredentials", why="moto lacks it")
def list_service_credentials(call: Call) -> Any:
    found = list(state().service_credentials[call.account])
    if not call.get("AllUsers"):
        name = call.get("UserName")
        if name is not None:
            _user(call)
        found = [c for c in found if c["UserName"] == name]
    if call.get("ServiceName"):
        found = [c for c in found if c["ServiceName"] == call["ServiceName"]]
    part, token = page(found, call.get("Marker"), call.get("MaxItems"), 100)
    return {"ServiceSpecificCredentials": part, "IsTruncated": token is not None, **({"Marker": token} if token else {})}


@answer("iam", "UpdateServiceSpecificCredential", "DeleteServiceSpecificCredential", why="moto lacks it")
def change_service_credential(call: Call) -> Any:
    found = state().service_credentials[call.account]
    for credential in found:
        if credential["ServiceSpecificCredentialId"] == call["ServiceSpecificCredentialId"]:
            if call.operation.startswith("Delete"):
                found.remove(credential)
            else:
                credential["Status"] = call["Status"]
            return {}
    raise AwsError("NoSuchEntity", "The service-specific credential cannot be found.", 404)


# --- central management of root credentials ------------------------------------------------------------------------------

FEATURES = ("RootCredentialsManagement", "RootSessions")


def _may_manage_root(call: Call) -> dict[str, Any]:
    management = management_of(call.account)
    if management is None:
        raise AwsError("OrganizationNotFoundException", "The account is not a member of an organization.", 400)
    if management != call.account and not is_delegated(call.account, "iam.amazonaws.com"):
        raise AwsError(
            "AccountNotManagementOrDelegatedAdministratorException",
            "The request was rejected because the account making the request is not the management account or delegated administrator account.",
            400,
        )
    if not has_service_access(call.account, "iam.amazonaws.com"):
        raise AwsError("ServiceAccessNotEnabledException", "Trusted access is not enabled for IAM in AWS Organizations.", 400)
    backend = organization_of(call.account)
    return {"OrganizationId": backend.org.id if backend and backend.org else "", "EnabledFeatures": sorted(state().root_features)}


@answer("iam", "ListOrganizationsFeatures", why="moto lacks it")
def list_features(call: Call) -> Any:
    return _may_manage_root(call)


@answer(
    "iam",
    "EnableOrganizationsRootCredentialsManagement",
    "EnableOrganizationsRootSessions",
    "DisableOrganizationsRootCredentialsManagement",
    "DisableOrganizationsRootSessions",
    why="moto lacks it",
)
def change_features(call: Call) -> Any:
    _may_manage_root(call)
    feature = next(name for name in FEATURES if call.operation.endswith(name))
    if call.operation.startswith("Enable"):
        state().root_features.add(feature)
    else:
        state().root_features.discard(feature)
    return _may_manage_root(call)
