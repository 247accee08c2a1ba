"""Lambda and API Gateway: resource policies as AWS writes them, URLs, and what is deployed."""

from __future__ import annotations

import json
import re
from typing import Any

from moto.apigateway.models import apigateway_backends
from moto.awslambda.models import lambda_backends

from .state import after, answer, before, identifier, now, page, state, uuid
from .wire import AwsError, Call

LAMBDA_TIME = "%Y-%m-%dT%H:%M:%S.000+0000"


def _missing(what: str) -> AwsError:
    return AwsError("ResourceNotFoundException", what, 404)


def _function(call: Call) -> tuple[Any, str, str]:
    """The function, its bare name, and the qualifier named in the ARN or the query."""
    given = call["FunctionName"]
    match = re.match(r"^(?:arn:aws:lambda:[^:]+:\d+:function:|\d+:function:|function:)?([A-Za-z0-9_-]+)(?::([$A-Za-z0-9_-]+))?$", given)
    name, qualifier = (match.group(1), match.group(2)) if match else (given, None)
    qualifier = call.get("Qualifier") or qualifier or ""
    for function in lambda_backends[call.account][call.region].list_functions():
        if function.function_name == name:
            return function, name, "" if qualifier == "$LATEST" else qualifier
    raise _missing(f"Function not found: arn:aws:lambda:{call.region}:{call.account}:function:{name}")


def _arn(call: Call, name: str, qualifier: str) -> str:
    return f"arn:aws:lambda:{call.region}:{call.account}:function:{name}" + (f":{qualifier}" if qualifier else "")


def _lambda_time(text: str) -> str:
    return re.sub(r"\.\d+(Z|\+0000)?$", ".000+0000", text)


@answer("lambda", "ListFunctions", why="moto neither pages nor writes times as Lambda does")
def list_functions(call: Call) -> Any:
    found = []
    for function in lambda_backends[call.account][call.region].list_functions(call.get("FunctionVersion")):
        shown = {key: value for key, value in function.get_configuration().items() if value is not None}
        shown["LastModified"] = _lambda_time(shown["LastModified"])
        shown["RevisionId"] = shown["CodeSha256"][:8]
        # AWS shows neither in the list, which is a snapshot of the published configuration.
        for absent in ("State", "LastUpdateStatus"):
            shown.pop(absent, None)
        if call.get("FunctionVersion") == "ALL" and not re.search(r":(\d+|\$LATEST)$", shown["FunctionArn"]):
            shown["FunctionArn"] += f":{shown['Version']}"
        found.append(shown)
    found.sort(key=lambda shown: shown["FunctionArn"])
    part, token = page(found, call.get("Marker"), call.get("MaxItems"), 50)
    return {"Functions": part, **({"NextMarker": token} if token else {})}


@after("lambda", "GetFunction")
def function_read(call: Call, document: dict[str, Any]) -> None:
    """moto leaves out a reserved concurrency of zero, which is what a frozen function has."""
    function, _, _ = _function(call)
    if function.reserved_concurrency is not None:
        document["Concurrency"] = {"ReservedConcurrentExecutions": int(function.reserved_concurrency)}


@answer("lambda", "ListProvisionedConcurrencyConfigs", why="moto lacks it")
def list_provisioned(call: Call) -> Any:
    _function(call)
    return {"ProvisionedConcurrencyConfigs": []}


@after("lambda", "DeleteFunction")
def function_deleted(call: Call, _: dict[str, Any]) -> None:
    name = call["FunctionName"].rpartition(":")[2]
    for table in (state().function_policies, state().function_urls):
        for key in [key for key in table if key[:3] == (call.account, call.region, name)]:
            del table[key]


# --- resource policies -------------------------------------------------------------------------------------------------


def _principal(text: str) -> Any:
    if text == "*":
        return "*"
    if re.fullmatch(r"\d{12}", text):
        return {"AWS": f"arn:aws:iam::{text}:root"}
    return {"Service": text} if text.endswith(".amazonaws.com") else {"AWS": text}


def _statement(call: Call, resource: str) -> dict[str, Any]:
    condition: dict[str, dict[str, str]] = {}
    for name, operator, key in (
        ("SourceArn", "ArnLike", "AWS:SourceArn"),
        ("SourceAccount", "StringEquals", "AWS:SourceAccount"),
        ("PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID"),
        ("OrganizationId", "StringEquals", "aws:PrincipalOrgID"),
        ("FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType"),
        ("EventSourceToken", "StringEquals", "lambda:EventSourceToken"),
    ):
        if call.get(name):
            condition.setdefault(operator, {})[key] = call[name]
    if call.get("InvokedViaFunctionUrl") is not None:
        condition["Bool"] = {"lambda:InvokedViaFunctionUrl": str(call["InvokedViaFunctionUrl"]).lower()}
    return {
        "Sid": call["StatementId"],
        "Effect": "Allow",
        "Principal": _principal(call["Principal"]),
        "Action": call["Action"],
        "Resource": resource,
        **({"Condition": condition} if condition else {}),
    }


def _policy(statements: dict[str, dict[str, Any]]) -> dict[str, Any]:
    text = json.dumps({"Version": "2012-10-17", "Id": "default", "Statement": list(statements.values())})
    return {"Policy": text, "RevisionId": f"revision-{len(statements)}"}


@answer("lambda", "AddPermission", why="moto keeps one policy for all qualifiers and misplaces conditions")
def add_permission(call: Call) -> Any:
    _, name, qualifier = _function(call)
    statements = state().function_policies.setdefault((call.account, call.region, name, qualifier), {})
    if call["StatementId"] in statements:
        raise AwsError("ResourceConflictException", f"The statement id ({call['StatementId']}) provided already exists.", 409)
    statements[call["StatementId"]] = _statement(call, _arn(call, name, qualifier))
    return {"Statement": json.dumps(statements[call["StatementId"]])}


@answer("lambda", "RemovePermission", why="moto keeps one policy for all qualifiers")
def remove_permission(call: Call) -> Any:
    _, name, qualifier = _function(call)
    statements = state().function_policies.get((call.account, call.region, name, qualifier), {})
    if statements.pop(call["StatementId"], None) is None:
        raise _missing("No policy is associated with the given resource.")
    return {}


@answer("lambda", "GetPolicy", why="moto writes account principals as bare numbers")
def get_policy(call: Call) -> Any:
    _, name, qualifier = _function(call)
    statements = state().function_policies.get((call.account, call.region, name, qualifier), {})
    if not statements:
        raise _missing("The resource you requested does not exist.")
    return _policy(statements)


@answer("lambda", "AddLayerVersionPermission", why="moto writes account principals as bare numbers")
def add_layer_permission(call: Call) -> Any:
    key = (call.account, call.region, call["LayerName"].rpartition(":")[2], str(call["VersionNumber"]))
    arn = f"arn:aws:lambda:{call.region}:{call.account}:layer:{key[2]}:{key[3]}"
    statements = state().layer_policies.setdefault(key, {})
    statements[call["StatementId"]] = _statement(call, arn)
    return {"Statement": json.dumps(statements[call["StatementId"]]), "RevisionId": uuid()}


@answer("lambda", "GetLayerVersionPolicy", why="moto writes account principals as bare numbers")
def get_layer_policy(call: Call) -> Any:
    name = call["LayerName"].rpartition(":")[2]
    statements = state().layer_policies.get((call.account, call.region, name, str(call["VersionNumber"])), {})
    if not statements:
        raise _missing("No policy is associated with the given resource.")
    return _policy(statements)


# --- function URLs -----------------------------------------------------------------------------------------------------


@answer("lambda", "CreateFunctionUrlConfig", why="moto knows no URL of an alias")
def create_url(call: Call) -> Any:
    _, name, qualifier = _function(call)
    key = (call.account, call.region, name, qualifier)
    if key in state().function_urls:
        raise AwsError("ResourceConflictException", "Failed to create function url config: it already exists.", 409)
    moment = now().strftime(LAMBDA_TIME)
    state().function_urls[key] = {
        "FunctionUrl": f"https://{identifier(32)}.lambda-url.{call.region}.on.aws/",
        "FunctionArn": _arn(call, name, qualifier),
        "AuthType": call["AuthType"],
        **({"Cors": call["Cors"]} if call.get("Cors") else {}),
        "CreationTime": moment,
        "LastModifiedTime": moment,
        "InvokeMode": call.get("InvokeMode", "BUFFERED"),
    }
    return state().function_urls[key]


@answer("lambda", "UpdateFunctionUrlConfig", "GetFunctionUrlConfig", "DeleteFunctionUrlConfig", why="moto knows no URL of an alias")
def one_url(call: Call) -> Any:
    _, name, qualifier = _function(call)
    key = (call.account, call.region, name, qualifier)
    if key not in state().function_urls:
        raise _missing("The resource you requested does not exist.")
    if call.operation.startswith("Delete"):
        del state().function_urls[key]
        return {}
    found = state().function_urls[key]
    if call.operation.startswith("Update"):
        found.update({name: call[name] for name in ("AuthType", "Cors", "InvokeMode") if call.get(name)})
        found["LastModifiedTime"] = now().strftime(LAMBDA_TIME)
    return found


@answer("lambda", "ListFunctionUrlConfigs", why="moto lacks it")
def list_urls(call: Call) -> Any:
    _, name, _qualifier = _function(call)
    found = [url for key, url in sorted(state().function_urls.items()) if key[:3] == (call.account, call.region, name)]
    part, token = page(found, call.get("Marker"), call.get("MaxItems"), 50)
    return {"FunctionUrlConfigs": part, **({"NextMarker": token} if token else {})}


# --- event source mappings -----------------------------------------------------------------------------------------------


@answer("lambda", "CreateEventSourceMapping", why="moto wants the source to exist in it as well")
def create_event_source(call: Call) -> Any:
    _, name, qualifier = _function(call)
    mapping_id = uuid()
    mapping = {
        "UUID": mapping_id,
        "EventSourceArn": call["EventSourceArn"],
        "EventSourceMappingArn": f"arn:aws:lambda:{call.region}:{call.account}:event-source-mapping:{mapping_id}",
        "FunctionArn": _arn(call, name, qualifier),
        "BatchSize": call.get("BatchSize", 10),
        "LastModified": now(),
        "State": "Enabled" if call.get("Enabled", True) else "Disabled",
        "StateTransitionReason": "USER_INITIATED",
    }
    state().event_sources[(call.account, call.region)].append(mapping)
    return mapping


@answer("lambda", "GetEventSourceMapping", "UpdateEventSourceMapping", "DeleteEventSourceMapping", why="moto knows only its own")
def one_event_source(call: Call) -> Any:
    found = state().event_sources[(call.account, call.region)]
    mapping = next((m for m in found if m["UUID"] == call["UUID"]), None)
    if mapping is None:
        raise _missing("The resource you requested does not exist.")
    if call.operation.startswith("Delete"):
        found.remove(mapping)
        return {**mapping, "State": "Deleting"}
    if call.operation.startswith("Update") and call.get("Enabled") is not None:
        mapping["State"] = "Enabled" if call["Enabled"] else "Disabled"
    return mapping


@answer("lambda", "ListEventSourceMappings", why="moto wants the source to exist in it as well")
def list_event_sources(call: Call) -> Any:
    found = state().event_sources[(call.account, call.region)]
    if call.get("FunctionName"):
        bare = call["FunctionName"].rpartition(":")[2]
        found = [m for m in found if f":function:{bare}" in m["FunctionArn"]]
    part, token = page(found, call.get("Marker"), call.get("MaxItems"), 100)
    return {"EventSourceMappings": part, **({"NextMarker": token} if token else {})}


# --- API Gateway -----------------------------------------------------------------------------------------------------------


def _rest_api(call: Call) -> Any:
    api = apigateway_backends[call.account][call.region].apis.get(call["restApiId"])
    if api is None:
        raise AwsError("NotFoundException", "Invalid API identifier specified", 404)
    return api


def _snapshot(api: Any) -> dict[str, Any]:
    """An OpenAPI document of the API as it is now, with API Gateway's extensions."""
    schemes: dict[str, Any] = {}
    for authorizer in api.authorizers.values():
        described = authorizer.to_json()
        extension = {"type": str(described["type"]).lower()}
        for name in ("authorizerUri", "authorizerCredentials", "identitySource", "authorizerResultTtlInSeconds", "providerARNs"):
            if described.get(name) is not None:
                extension[name] = described[name]
        kind = "cognito_user_pools" if described["type"] == "COGNITO_USER_POOLS" else "custom"
        schemes[described["name"]] = {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "x-amazon-apigateway-authtype": kind,
            "x-amazon-apigateway-authorizer": extension,
        }
    names = {authorizer.id: authorizer.name for authorizer in api.authorizers.values()}
    paths: dict[str, Any] = {}
    for resource in api.resources.values():
        for verb, method in resource.resource_methods.items():
            security: list[dict[str, list[str]]] = []
            if method.authorization_type == "AWS_IAM":
                schemes["sigv4"] = {
                    "type": "apiKey",
                    "name": "Authorization",
                    "in": "header",
                    "x-amazon-apigateway-authtype": "awsSigv4",
                }
                security.append({"sigv4": []})
            elif method.authorizer_id in names:
                security.append({names[method.authorizer_id]: list(method.authorization_scopes or [])})
            if method.api_key_required:
                schemes["api_key"] = {"type": "apiKey", "name": "x-api-key", "in": "header"}
                security.append({"api_key": []})
            shown: dict[str, Any] = {"responses": {}}
            if security:
                shown["security"] = security
            if method.method_integration is not None:
                integration = {key: value for key, value in method.method_integration.to_json().items() if value not in (None, [], {})}
                integration["type"] = str(integration["type"]).lower()
                integration.pop("integrationResponses", None)
                integration.pop("cacheKeyParameters", None)
                shown["x-amazon-apigateway-integration"] = integration
            key = "x-amazon-apigateway-any-method" if verb == "ANY" else verb.lower()
            paths.setdefault(resource.get_path(), {})[key] = shown
    policy = {"x-amazon-apigateway-policy": json.loads(api.policy)} if api.policy else {}
    return {
        "openapi": "3.0.1",
        "info": {"title": api.name, "version": now().strftime("%Y-%m-%dT%H:%M:%SZ")},
        "paths": paths,
        "components": {"securitySchemes": schemes},
        **policy,
    }


@after("apigateway", "CreateDeployment")
def deployed(call: Call, document: dict[str, Any]) -> None:
    state().deployed[(call.account, call.region, call["restApiId"], document["id"])] = _snapshot(_rest_api(call))


@before("apigateway", "GetBasePathMappings")
def no_mappings_yet(call: Call) -> None:
    """moto fails for a domain name that nothing was mapped to."""
    backend = apigateway_backends[call.account][call.region]
    if call["domainName"] in backend.domain_names:
        backend.base_path_mappings.setdefault(call["domainName"], {})


@after("apigateway", "CreateDomainName")
def domain_name_made(call: Call, document: dict[str, Any]) -> None:
    if call.get("routingMode"):
        state().routing_modes[(call.account, call.region, document["domainName"])] = call["routingMode"]


@after("apigateway", "GetDomainNames")
def routing_modes(call: Call, document: dict[str, Any]) -> None:
    """moto forgets whether a domain name is served by mappings, by routing rules or by both."""
    for domain in document.get("item", []):
        mode = state().routing_modes.get((call.account, call.region, domain["domainName"]))
        if mode is not None:
            domain["routingMode"] = mode


@after("apigateway", "GetStages")
def stage_times(call: Call, document: dict[str, Any]) -> None:
    """moto's stages carry no dates; AWS gives those of the stage and of its last deployment."""
    deployments = _rest_api(call).deployments
    for stage in document.get("item", []):
        deployment = deployments.get(stage.get("deploymentId"))
        if deployment is not None:
            stage["createdDate"] = stage["lastUpdatedDate"] = deployment.created_date


@answer("apigateway", "GetExport", why="moto lacks it")
def get_export(call: Call) -> Any:
    api = _rest_api(call)
    stage = api.stages.get(call["stageName"])
    if stage is None:
        raise AwsError("NotFoundException", "Invalid stage identifier specified", 404)
    document = state().deployed.get((call.account, call.region, api.id, stage.deployment_id)) or _snapshot(api)
    shown = {
        **document,
        "servers": [{"url": f"https://{api.id}.execute-api.{call.region}.amazonaws.com/{{basePath}}", "variables": {"basePath": {"default": stage.name}}}],
    }
    if "integrations" not in str((call.get("parameters") or {}).get("extensions", "")) and "apigateway" not in str(call.get("parameters")):
        shown = json.loads(re.sub(r'"x-amazon-apigateway-integration": \{[^{}]*\},?\s*', "", json.dumps(shown)))
    return {
        "contentType": "application/json",
        "contentDisposition": f'attachment; filename="{call["exportType"]}.json"',
        "body": json.dumps(shown).encode(),
    }
