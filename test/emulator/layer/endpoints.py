"""What the internet sees: requests to API endpoints and function URLs, and the sign-in portal.

Code is not run. A function that is reached answers with what its code would hold: credentials of its execution role.
"""

from __future__ import annotations

import json
import re
from typing import Any

from moto.apigateway.models import apigateway_backends
from moto.apigatewayv2.models import apigatewayv2_backends
from moto.awslambda.models import lambda_backends
from moto.iam.models import iam_backends
from moto.identitystore.models import identitystore_backends
from moto.ssoadmin.models import ssoadmin_backends
from werkzeug.wrappers import Request, Response

from .account import make_session
from .authorization import glob, principal_of_role, trusts
from .state import answer, state
from .wire import AwsError, Call

API_HOST = re.compile(r"^([a-z0-9]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.com$")
URL_HOST = re.compile(r"^[a-z0-9]+\.lambda-url\.([a-z0-9-]+)\.on\.aws$")
FUNCTION = re.compile(r"arn:aws:lambda:([a-z0-9-]+):(\d{12}):function:([A-Za-z0-9_-]+)(?::([$A-Za-z0-9_-]+))?")


class Refused(Exception):
    def __init__(self, status: int, why: str):
        super().__init__(why)
        self.status = status
        self.why = why


def is_endpoint(host: str) -> bool:
    return bool(API_HOST.match(host) or URL_HOST.match(host))


def serve(request: Request) -> Response:
    host = request.host.partition(":")[0]
    try:
        api = API_HOST.match(host)
        answered = _api(api.group(1), api.group(2), request) if api else _function_url(host)
    except Refused as refused:
        return _json({"message": refused.why}, refused.status)
    return _json(answered, 200)


def _json(value: Any, status: int) -> Response:
    return Response(json.dumps(value, default=str), status, mimetype="application/json")


# --- functions -------------------------------------------------------------------------------------------------------


def _execute(function_arn: str) -> dict[str, Any]:
    match = FUNCTION.search(function_arn)
    if match is None:
        raise Refused(500, "Internal Server Error")
    region, account, name, _ = match.groups()
    function = next((f for f in lambda_backends[account][region].list_functions() if f.function_name == name), None)
    if function is None:
        raise Refused(500, "Internal Server Error")
    if function.reserved_concurrency is not None and int(function.reserved_concurrency) == 0:
        raise Refused(429, "Rate Exceeded.")
    role = next((role for role in iam_backends[account]["aws"].get_roles() if role.arn == function.role), None)
    if role is None or not trusts(role, account, None, "lambda.amazonaws.com", {}):
        raise Refused(502, "The function cannot assume its role.")
    arn = f"arn:aws:sts::{account}:assumed-role/{role.name}/{name}"
    context = {"lambda:SourceFunctionArn": f"arn:aws:lambda:{region}:{account}:function:{name}"}
    credentials = make_session(account, arn, 3600, principal_of_role(account, role), None, context)
    return {"function": function_arn, "role": role.arn, "credentials": credentials}


def _permitted(function_arn: str, action: str, principal: str, keys: dict[str, str]) -> bool:
    """Whether a statement of the function's own policy lets a service or everybody in."""
    match = FUNCTION.search(function_arn)
    if match is None:
        return False
    region, account, name, qualifier = match.groups()
    held = state().function_policies.get((account, region, name, "" if qualifier in (None, "$LATEST") else qualifier), {})
    for statement in held.values():
        named = statement["Principal"]
        matches = named == "*" or principal in (named.get("Service"), named.get("AWS"))
        if matches and statement["Action"] in (action, "lambda:*", "*"):
            asked = [(key.lower(), value) for part in statement.get("Condition", {}).values() for key, value in part.items()]
            if all(key in keys and glob(value, keys[key]) for key, value in asked):
                return True
    return False


def _function_url(host: str) -> dict[str, Any]:
    found = next((url for url in state().function_urls.values() if url["FunctionUrl"] == f"https://{host}/"), None)
    if found is None or found["AuthType"] != "NONE":
        raise Refused(403, "Forbidden")
    by_url = {"lambda:functionurlauthtype": "NONE"}
    invoked = {"lambda:invokedviafunctionurl": "true"}
    arn = found["FunctionArn"]
    if not _permitted(arn, "lambda:InvokeFunctionUrl", "*", by_url) or not _permitted(arn, "lambda:InvokeFunction", "*", invoked):
        raise Refused(403, "Forbidden")
    return _execute(arn)


@answer("lambda", "Invoke", why="moto runs functions in containers")
def invoke(call: Call) -> Any:
    name = call["FunctionName"].rpartition(":")[2]
    try:
        answered = _execute(f"arn:aws:lambda:{call.region}:{call.account}:function:{name}")
    except Refused as refused:
        code = "TooManyRequestsException" if refused.status == 429 else "ResourceNotFoundException"
        raise AwsError(code, refused.why, 429 if refused.status == 429 else 404) from refused
    return {"StatusCode": 200, "Payload": json.dumps(answered, default=str).encode()}


# --- API Gateway -----------------------------------------------------------------------------------------------------


def _path_matches(pattern: str, path: str) -> bool:
    expression = re.sub(r"\\\{[^}]+\\\+\\\}", ".+", re.escape(pattern))
    return re.fullmatch(re.sub(r"\\\{[^}]+\\\}", "[^/]+", expression), path) is not None


def _api(api_id: str, region: str, request: Request) -> dict[str, Any]:
    for account in list(apigatewayv2_backends):
        api = apigatewayv2_backends[account][region].apis.get(api_id)
        if api is not None:
            return _http_api(account, region, api, request)
    for account in list(apigateway_backends):
        api = apigateway_backends[account][region].apis.get(api_id)
        if api is not None:
            return _rest_api(account, region, api, request)
    raise Refused(404, "Not Found")


def _through(account: str, region: str, api_id: str, stage: str, method: str, path: str, uri: str, credentials: str | None) -> dict[str, Any]:
    match = FUNCTION.search(uri or "")
    if match is None:
        raise Refused(502, "The integration is no function.")
    if credentials is None:
        source = f"arn:aws:execute-api:{region}:{account}:{api_id}/{stage}/{method}{path}"
        if not _permitted(match.group(0), "lambda:InvokeFunction", "apigateway.amazonaws.com", {"aws:sourcearn": source}):
            raise Refused(500, "Internal Server Error")
    return _execute(match.group(0))


def _http_api(account: str, region: str, api: Any, request: Request) -> dict[str, Any]:
    first, _, rest = request.path.lstrip("/").partition("/")
    if first in api.stages:
        stage, path = first, f"/{rest}"
    elif "$default" in api.stages:
        stage, path = "$default", request.path
    else:
        raise Refused(404, "Not Found")
    if str(api.disable_execute_api_endpoint).lower() == "true":
        raise Refused(404, "Not Found")
    for route in sorted(api.routes.values(), key=lambda one: one.route_key == "$default"):
        method, _, pattern = route.route_key.partition(" ")
        if route.route_key != "$default" and (method not in ("ANY", request.method) or not _path_matches(pattern, path)):
            continue
        if route.authorization_type not in (None, "NONE"):
            raise Refused(403, "Forbidden")
        integration = api.integrations.get((route.target or "").removeprefix("integrations/"))
        if integration is None:
            raise Refused(500, "Internal Server Error")
        uri, role = integration.integration_uri, integration.credentials_arn
        return _through(account, region, api.api_id, stage, request.method, path, uri, role)
    raise Refused(404, "Not Found")


def _rest_api(account: str, region: str, api: Any, request: Request) -> dict[str, Any]:
    stage, _, rest = request.path.lstrip("/").partition("/")
    if stage not in api.stages:
        raise Refused(403, "Forbidden")
    path = f"/{rest}"
    for resource in api.resources.values():
        method = resource.resource_methods.get(request.method) or resource.resource_methods.get("ANY")
        if method is None or not _path_matches(resource.get_path(), path):
            continue
        if method.authorization_type != "NONE" or method.api_key_required:
            raise Refused(403, "Missing Authentication Token")
        integration = method.method_integration
        uri = integration.uri if integration is not None else ""
        return _through(account, region, api.id, stage, request.method, path, uri, None)
    raise Refused(403, "Missing Authentication Token")


# --- the portal of Identity Center -----------------------------------------------------------------------------------


def sign_in(body: dict[str, Any]) -> dict[str, Any]:
    """Credentials of a permission set for a directory user, as the access portal hands them out."""
    account, region = next(iter(state().identity_centers), ("", ""))
    instance = ssoadmin_backends[account][region].instances[0]
    store = identitystore_backends[account][region].identity_stores.get(instance.identity_store_id)
    user = store.users.get(body["userId"]) if store else None
    if user is None or body["userId"] in state().disabled_users:
        raise Refused(401, "Session token not found or invalid")
    groups = {m["GroupId"] for m in store.group_memberships.values() if m["MemberId"]["UserId"] == body["userId"]}
    assigned = any(
        held.target_id == body["accountId"]
        and held.permission_set_arn == body["permissionSetArn"]
        and (held.principal_id == body["userId"] or held.principal_id in groups & set(store.groups))
        for held in ssoadmin_backends[account][region].account_assignments
    )
    suffix = body["permissionSetArn"].rpartition("ps-")[2]
    roles = iam_backends[body["accountId"]]["aws"].get_roles()
    role = next((r for r in roles if r.name.startswith("AWSReservedSSO_") and r.name.endswith(suffix)), None)
    if not assigned or role is None:
        raise Refused(403, "No access")
    arn = f"arn:aws:sts::{body['accountId']}:assumed-role/{role.name}/{user.UserName}"
    context = {"identitystore:UserId": body["userId"]}
    return {"credentials": make_session(body["accountId"], arn, 3600, principal_of_role(body["accountId"], role), None, context)}
