"""What AWS refuses to delete or to change as long as something hangs on it, and moto does not."""

from __future__ import annotations

from typing import Any

from moto.iam.models import IAMBackend, iam_backends
from moto.ssoadmin.models import ssoadmin_backends

from .state import before, state
from .wire import AwsError, Call


def _backend(call: Call) -> IAMBackend:
    return iam_backends[call.account]["aws"]


def _conflict(what: str) -> AwsError:
    return AwsError("DeleteConflict", what, 409)


def _first(*reasons: tuple[Any, str]) -> None:
    for holds, what in reasons:
        if holds:
            raise _conflict(what)


PROTECTED = ("/aws-reserved/", "/aws-service-role/")


@before(
    "iam",
    "AttachRolePolicy",
    "DeleteRole",
    "DeleteRolePermissionsBoundary",
    "DeleteRolePolicy",
    "DetachRolePolicy",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    "UpdateAssumeRolePolicy",
    "UpdateRole",
)
def protected_role(call: Call) -> None:
    role = next((role for role in _backend(call).get_roles() if role.name == call["RoleName"]), None)
    if role is not None and role.path.startswith(PROTECTED):
        why = f"Cannot perform the operation on the protected role '{role.name}' - this role is only modifiable by AWS"
        raise AwsError("UnmodifiableEntity", why, 400)


@before("iam", "DeleteUser")
def delete_user(call: Call) -> None:
    backend = _backend(call)
    user = backend.users.get(call["UserName"])
    if user is None:
        return
    credentials = [c for c in state().service_credentials[call.account] if c["UserName"] == user.name]
    _first(
        (user.password, "Cannot delete entity, must delete login profile first."),
        (user.access_keys, "Cannot delete entity, must delete access keys first."),
        (user.mfa_devices, "Cannot delete entity, must delete MFA device first."),
        (user.signing_certificates, "Cannot delete entity, must delete signing certificates first."),
        (user.ssh_public_keys or credentials, "Cannot delete entity, must remove referenced objects first."),
        (
            any(member.id == user.id for group in backend.groups.values() for member in group.users),
            "Cannot delete entity, must remove users from group first.",
        ),
        (user.managed_policies, "Cannot delete entity, must detach all policies first."),
        (user.policies, "Cannot delete entity, must delete policies first."),
    )
    state().user_boundaries.pop((call.account, user.name), None)


@before("iam", "DeleteRole")
def delete_role(call: Call) -> None:
    backend = _backend(call)
    role = next((role for role in backend.get_roles() if role.name == call["RoleName"]), None)
    if role is None:
        return
    _first(
        (
            any(held.name == role.name for profile in backend.get_instance_profiles() for held in profile.roles),
            "Cannot delete entity, must remove roles from instance profile first.",
        ),
        (role.managed_policies, "Cannot delete entity, must detach all policies first."),
        (role.policies, "Cannot delete entity, must delete policies first."),
    )


@before("iam", "DeleteGroup")
def delete_group(call: Call) -> None:
    group = _backend(call).groups.get(call["GroupName"])
    if group is None:
        return
    _first(
        (group.users, "Cannot delete entity, must remove users from group first."),
        (group.managed_policies, "Cannot delete entity, must detach all policies first."),
        (group.policies, "Cannot delete entity, must delete policies first."),
    )


@before("iam", "DeletePolicy")
def delete_policy(call: Call) -> None:
    backend = _backend(call)
    policy = backend.managed_policies.get(call["PolicyArn"])
    if policy is None:
        return
    holders = [*backend.users.values(), *backend.groups.values(), *backend.roles.values()]
    boundaries = [role.permissions_boundary_arn for role in backend.roles.values()]
    boundaries += [arn for (account, _), arn in state().user_boundaries.items() if account == call.account]
    _first(
        (
            policy.arn in boundaries or any(policy.arn in holder.managed_policies for holder in holders),
            "Cannot delete a policy attached to entities.",
        ),
        (
            len(policy.versions) > 1,
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
            "The default version is deleted with the policy.",
        ),
    )


@before("iam", "DeleteVirtualMFADevice")
def delete_mfa_device(call: Call) -> None:
    device = _backend(call).virtual_mfa_devices.get(call["SerialNumber"])
    _first((device is not None and device.user, "MFA VirtualDevice in use. Must deactivate first."))


@before("sso-admin", "DeletePermissionSet")
def delete_permission_set(call: Call) -> None:
    assignments = ssoadmin_backends[call.account][call.region].account_assignments
    if any(held.permission_set_arn == call["PermissionSetArn"] for held in assignments):
        raise AwsError("ConflictException", "The permission set is assigned to an account.", 400)
