"""What CloudTrail would have recorded of each call: shapes as real records have them, ids that repeat with the seed."""

from __future__ import annotations

import hashlib
import re
import threading
import uuid
from datetime import datetime
from functools import lru_cache
from typing import Any

from botocore.parsers import create_parser
from moto.core.utils import get_service_model
from moto.iam.models import iam_backends

from .state import now
from .wire import Call

HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"
DEFAULT_SOURCE = "203.0.113.10"
SOURCES = {"sso-admin": "sso", "accessanalyzer": "access-analyzer", "apigatewayv2": "apigateway", "cloudwatch": "monitoring"}
# Whatever region the caller names, these record where the service lives.
GLOBAL = {"iam", "organizations", "account"}
READS = re.compile(r"^(Get|List|Describe|Lookup|Search|Simulate|Batch(Get|Describe)|Generate|Head|Select|Scan|Query|Test|Assume)")
# Reads that hand out credentials are the ones whose answers are recorded.
MINTING = {"AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "GetSessionToken", "GetFederationToken"}
# CloudTrail says that minting a federation token writes.
NO_READS = {("sts", "GetFederationToken")}
SERVICE_ROLE = "AWSServiceRoleForSSO"

# Lambda and its younger operations carry the version of the API in the event's name.
LAMBDA_VERSIONS = {
    "20150331": (
        "CreateFunction DeleteFunction PublishVersion CreateAlias UpdateAlias DeleteAlias GetAlias ListAliases "
        "ListFunctions ListVersionsByFunction CreateEventSourceMapping UpdateEventSourceMapping "
        "DeleteEventSourceMapping GetEventSourceMapping ListEventSourceMappings Invoke"
    ),
    "20150331v2": (
        "AddPermission RemovePermission UpdateFunctionCode UpdateFunctionConfiguration GetFunction "
        "GetFunctionConfiguration GetPolicy"
    ),
    "20170331": "ListTags",
    "20170331v2": "TagResource UntagResource",
    "20171031": "PutFunctionConcurrency DeleteFunctionConcurrency",
    "20181031": (
        "PublishLayerVersion DeleteLayerVersion GetLayerVersion GetLayerVersionPolicy ListLayers ListLayerVersions "
        "AddLayerVersionPermission RemoveLayerVersionPermission"
    ),
}
LAMBDA_NAMES = {name: f"{name}{version}" for version, names in LAMBDA_VERSIONS.items() for name in names.split()}

# Members that AWS leaves out altogether, and what it writes instead of a value that it keeps back.
LEFT_OUT = {"secretaccesskey", "sessiontoken", "servicepassword", "servicecredentialsecret", "zipfile", "serviceapikeyvalue"}
REPLACED: dict[tuple[str, str], Any] = {
    ("lambda", "code"): {},
    ("lambda", "environment"): {},
    ("lambda", "content"): {},
    ("organizations", "content"): None,
}
_CONTEXT = threading.local()


def follow_up(account: str, operation: str, request: dict[str, Any], response: dict[str, Any] | None = None) -> None:
    """What Identity Center itself does in an account because of the call that is being served."""
    pending = getattr(_CONTEXT, "pending", None)
    if pending is None:
        pending = _CONTEXT.pending = []
    pending.append((account, operation, request, response))


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def prose(moment: datetime) -> str:
    """Dates in CloudTrail's responseElements are for people."""
    hour = moment.hour % 12 or 12
    return f"{moment:%b} {moment.day}, {moment.year}, {hour}:{moment:%M:%S} {'AM' if moment.hour < 12 else 'PM'}"


def _shown(value: Any, shape: Any, service: str) -> Any:
    """A value by its shape: first letters lower, keys of maps as they are, nothing secret."""
    if isinstance(value, bytes):
        return None
    if isinstance(value, datetime):
        return prose(value)
    if isinstance(value, dict):
        if shape is not None and shape.type_name == "map":
            return {str(key): _shown(item, shape.value, service) for key, item in value.items()}
        members = getattr(shape, "members", {}) if shape is not None else {}
        shown: dict[str, Any] = {}
        for name, item in value.items():
            key = _lower_first(name)
            if name.lower() in LEFT_OUT or item is None:
                continue
            if (service, key) in REPLACED:
                replacement = REPLACED[(service, key)]
                shown[key] = item if replacement is None else replacement
                continue
            member = members.get(name)
            if member is not None and member.metadata.get("sensitive") and not isinstance(item, (dict, list)):
                shown[key] = HIDDEN
                continue
            rendered = _shown(item, member, service)
            if not isinstance(item, bytes):
                shown[key] = rendered
        return shown
    if isinstance(value, (list, tuple)):
        return [_shown(item, getattr(shape, "member", None), service) for item in value]
    if shape is not None and shape.metadata.get("sensitive"):
        return HIDDEN
    return value


@lru_cache(maxsize=None)
def _iam_errors() -> dict[str, str]:
    """CloudTrail writes NoSuchEntityException where the wire says NoSuchEntity."""
    shapes = get_service_model("iam").error_shapes
    return {str(shape.metadata.get("error", {}).get("code", shape.name)): shape.name for shape in shapes}


def _parsed(call: Call, status: int, headers: dict[str, str], data: bytes) -> dict[str, Any]:
    model = get_service_model(call.service)
    shape = model.operation_model(call.operation).output_shape
    parser = create_parser(str(model.protocol))
    answer = parser.parse({"status_code": status, "headers": {k.lower(): v for k, v in headers.items()}, "body": data}, shape)
    answer.pop("ResponseMetadata", None)
    return answer


def _stable_id(prefix: str, text: str) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest().upper()
    return prefix + re.sub(r"[01]", "Q", digest)[: 21 - len(prefix)]


def _role(account: str, name: str) -> tuple[str, str]:
    """Unique id and ARN of a role, as far as it (still) exists."""
    role = next((r for r in iam_backends[account]["aws"].get_roles() if r.name == name), None)
    if role is None:
        return _stable_id("AROA", f"{account} {name}"), f"arn:aws:iam::{account}:role/{name}"
    return role.id, role.arn


def _user_id(account: str, name: str, arn: str) -> str:
    user = next((u for u in iam_backends[account]["aws"].users.values() if u.name == name), None)
    return user.id if user is not None else _stable_id("AIDA", arn)


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class TrailRecords:
    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._count = 0
        self._records: list[dict[str, Any]] = []
        # Access key id of a session to what its later calls say of it.
        self._sessions: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()

    def select(self, account: str | None, since: str | None) -> list[dict[str, Any]]:
        with self._lock:
            found = [
                record
                for record in self._records
                if account in (None, record.get("recipientAccountId")) and (since is None or record["eventTime"] >= since)
            ]
        return sorted(found, key=lambda record: record["eventTime"])

    def clear(self) -> None:
        with self._lock:
            self._records.clear()

    def restart(self, seed: int) -> None:
        """Event ids that do not depend on how many calls came before."""
        with self._lock:
            self._seed, self._count = seed, 0

    def add(self, records: list[dict[str, Any]]) -> None:
        """Events that no API of the emulator makes; what they do not say is filled in."""
        for record in records:
            filled = {**self._frame(record["eventName"]), **record}
            with self._lock:
                self._records.append(filled)

    def record(self, call: Call, request_headers: Any, status: int, headers: dict[str, str], data: bytes) -> None:
        pending = getattr(_CONTEXT, "pending", None) or []
        _CONTEXT.pending = []
        if not call.operation or not call.account or headers.get("x-afterleak-layer") in ("not implemented", "fault in the layer", "identity"):
            return
        told = {name: request_headers.get(f"x-emulator-{name}") for name in ("source-ip", "user-agent", "access-key", "session-created", "console", "invoked-by")}
        record = self._frame(call.operation)
        console = told["console"] == "true"
        read_only = bool(READS.match(call.operation)) and (call.service, call.operation) not in NO_READS
        response: Any = None
        answer: dict[str, Any] = {}
        if status >= 400 or not read_only or call.operation in MINTING:
            answer = _parsed(call, status, headers, data)
        operation = get_service_model(call.service).operation_model(call.operation)
        request = None if "_unparsed" in call.params else _shown(call.params, operation.input_shape, call.service) or None
        if status >= 400:
            error = answer.get("Error", {})
            code = str(error.get("Code", status))
            record["errorCode"] = _iam_errors().get(code, code) if call.service == "iam" else code
            record["errorMessage"] = str(error.get("Message", ""))
            if "AccessDenied" in code:
                request = None
        else:
            response = _shown(answer, operation.output_shape, call.service) or None
        service = told["invoked-by"]
        record.update(
            {
                "userIdentity": self._identity(call, told),
                "eventSource": f"{SOURCES.get(call.service, call.service)}.amazonaws.com",
                "eventName": LAMBDA_NAMES.get(call.operation, call.operation) if call.service == "lambda" else call.operation,
                "awsRegion": "us-east-1" if call.service in GLOBAL else call.region,
                "sourceIPAddress": service or told["source-ip"] or DEFAULT_SOURCE,
                "userAgent": service or told["user-agent"] or request_headers.get("user-agent", ""),
                "requestParameters": request,
                "responseElements": response if not read_only or call.operation in MINTING else None,
                "readOnly": read_only,
                "recipientAccountId": call.account,
                **({"sessionCredentialFromConsole": "true"} if console else {}),
            }
        )
        _special(call, record, console)
        if status < 400 and call.operation in MINTING:
            self._minted(call, record, answer)
        copies = [record]
        if call.service == "sts" and call.operation == "AssumeRole":
            copies = self._assumed(call, record, service)
        with self._lock:
            self._records.extend(copies)
        for account, name, asked, answered in pending:
            self._follow(call, account, name, asked, answered)

    # --- parts ---------------------------------------------------------------------------------------------------

    def _frame(self, what: str) -> dict[str, Any]:
        with self._lock:
            self._count += 1
            count = self._count
        ids = [str(uuid.UUID(hashlib.sha256(f"{self._seed} {count} {what} {part}".encode()).hexdigest()[:32], version=4)) for part in ("event", "request")]
        return {
            "eventVersion": "1.09",
            "userIdentity": {},
            "eventTime": _time(now()),
            "eventSource": "",
            "eventName": what,
            "awsRegion": "us-east-1",
            "sourceIPAddress": DEFAULT_SOURCE,
            "userAgent": "",
            "requestParameters": None,
            "responseElements": None,
            "requestID": ids[1],
            "eventID": ids[0],
            "readOnly": False,
            "eventType": "AwsApiCall",
            "managementEvent": True,
            "recipientAccountId": "",
            "eventCategory": "Management",
        }

    def _identity(self, call: Call, told: dict[str, str | None]) -> dict[str, Any]:
        if told["invoked-by"]:
            return {"type": "AWSService", "invokedBy": told["invoked-by"]}
        arn, account = call.caller_arn, call.account
        key = told["access-key"] or call.access_key
        kind, _, rest = arn.split(":", 5)[5].partition("/")
        session = self._sessions.get(call.access_key, {})
        attributes = {
            "creationDate": told["session-created"] or session.get("created") or _time(now()),
            "mfaAuthenticated": "false",
        }
        identity: dict[str, Any] = {"arn": arn, "accountId": account, "accessKeyId": key}
        if kind == "user":
            name = rest.rpartition("/")[2]
            found = {"type": "IAMUser", "principalId": _user_id(account, name, arn), **identity, "userName": name}
            return {**found, "sessionContext": {"attributes": attributes}} if key.startswith("ASIA") else found
        if kind == "assumed-role":
            name, _, session_name = rest.partition("/")
            role_id, role_arn = _role(account, name)
            issuer = {"type": "Role", "principalId": role_id, "arn": role_arn, "accountId": account, "userName": name}
            return {
                "type": "AssumedRole",
                "principalId": f"{role_id}:{session_name}",
                **identity,
                "sessionContext": {"sessionIssuer": issuer, "attributes": attributes},
            }
        if kind == "federated-user":
            context = {**({"sessionIssuer": session["issuer"]} if "issuer" in session else {}), "attributes": attributes}
            return {"type": "FederatedUser", "principalId": f"{account}:{rest}", **identity, "sessionContext": context}
        return {"type": "Root", "principalId": account, **identity}

    def _minted(self, call: Call, record: dict[str, Any], answer: dict[str, Any]) -> None:
        key = answer.get("Credentials", {}).get("AccessKeyId")
        if key is None:
            return
        caller = record["userIdentity"]
        issuer = {
            "type": "IAMUser",
            **{name: caller[name] for name in ("principalId", "arn", "accountId", "userName") if name in caller},
        }
        self._sessions[key] = {
            "created": record["eventTime"],
            **({"issuer": issuer} if call.operation == "GetFederationToken" else {}),
        }

    def _assumed(self, call: Call, record: dict[str, Any], service: str | None) -> list[dict[str, Any]]:
        role_arn = str(call.params.get("RoleArn", ""))
        owner = role_arn.split(":")[4] if role_arn.count(":") >= 5 else ""
        if "errorCode" in record:
            return [record]
        record["resources"] = [{"accountId": owner, "type": "AWS::IAM::Role", "ARN": role_arn}]
        shared = str(uuid.UUID(hashlib.sha256(f"shared {record['eventID']}".encode()).hexdigest()[:32], version=4))
        if service is not None:
            # A service assumes the role of the account that the role is in.
            record["recipientAccountId"] = owner
            record["sharedEventID"] = shared
            return [record]
        if owner == call.account:
            return [record]
        record["sharedEventID"] = shared
        caller = record["userIdentity"]
        theirs = {
            **record,
            "eventID": self._frame("copy")["eventID"],
            "userIdentity": {"type": "AWSAccount", "principalId": caller["principalId"], "accountId": caller["accountId"]},
            "recipientAccountId": owner,
        }
        return [record, theirs]

    def _follow(self, call: Call, account: str, operation: str, request: dict[str, Any], response: dict[str, Any] | None) -> None:
        role_id, role_arn = _role(account, SERVICE_ROLE)
        identity = {
            "type": "AssumedRole",
            "principalId": f"{role_id}:AWS-SSO",
            "arn": f"arn:aws:sts::{account}:assumed-role/{SERVICE_ROLE}/AWS-SSO",
            "accountId": account,
            "sessionContext": {
                "sessionIssuer": {"type": "Role", "principalId": role_id, "arn": role_arn, "accountId": account, "userName": SERVICE_ROLE},
                "attributes": {"creationDate": _time(now()), "mfaAuthenticated": "false"},
            },
            "invokedBy": "sso.amazonaws.com",
        }
        record = {
            **self._frame(operation),
            "userIdentity": identity,
            "eventSource": "iam.amazonaws.com",
            "sourceIPAddress": "sso.amazonaws.com",
            "userAgent": "sso.amazonaws.com",
            "requestParameters": request,
            "responseElements": response,
            "recipientAccountId": account,
        }
        with self._lock:
            self._records.append(record)


def _special(call: Call, record: dict[str, Any], console: bool) -> None:
    """Where a record differs from the call that it tells of."""
    request, response = record["requestParameters"], record["responseElements"]
    if call.service == "organizations" and call.operation == "PutResourcePolicy" and request:
        request["content"] = HIDDEN
    for status in ("accountAssignmentCreationStatus", "accountAssignmentDeletionStatus", "permissionSetProvisioningStatus"):
        if isinstance(response, dict) and status in response:
            # The work is only begun when the call is recorded.
            response[status]["status"] = "IN_PROGRESS"
    if call.service == "identitystore" and console and request is not None:
        _directory(call, record)


def _directory(call: Call, record: dict[str, Any]) -> None:
    """The console speaks another API to the directory: its events have a source and shapes of their own."""
    record["eventSource"] = "sso-directory.amazonaws.com"
    request, response = record["requestParameters"], record["responseElements"] or {}
    store = {"identityStoreId": call.params.get("IdentityStoreId")}
    if call.operation == "CreateGroup":
        record["requestParameters"] = {**store, "displayName": call.params.get("DisplayName")}
        record["responseElements"] = {"group": {"groupId": response.get("groupId"), "displayName": call.params.get("DisplayName")}}
    elif call.operation == "CreateUser":
        attributes = ("userName", "displayName", "name", "emails")
        record["requestParameters"] = {
            **store,
            "passwordMode": "EMAIL",
            "active": True,
            "userAttributes": {name: {} for name in attributes if name in request},
        }
        record["responseElements"] = {"user": {"userId": response.get("userId"), "active": True, "userAttributes": {name: {} for name in attributes if name in request}}}
    elif call.operation == "CreateGroupMembership":
        record["eventName"] = "AddMemberToGroup"
        member = (call.params.get("MemberId") or {}).get("UserId")
        record["requestParameters"] = {**store, "groupId": call.params.get("GroupId"), "member": {"memberId": member}}
        record["responseElements"] = None
    elif call.operation == "DeleteGroupMembership":
        record["eventName"] = "RemoveMemberFromGroup"
