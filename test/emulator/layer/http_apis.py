"""API Gateway v2: authorizers, deployments and what an export shows of them."""

from __future__ import annotations

import json
from typing import Any

from moto.apigatewayv2.models import apigatewayv2_backends

from .state import after, answer, identifier, now, page, state
from .wire import AwsError, Call


def _missing(what: str) -> AwsError:
    return AwsError("NotFoundException", what, 404)


def _api(call: Call) -> Any:
    api = apigatewayv2_backends[call.account][call.region].apis.get(call["ApiId"])
    if api is None:
        raise _missing(f"Invalid API identifier specified {call['ApiId']}")
    return api


def _upper(fields: dict[str, Any]) -> dict[str, Any]:
    return {key[:1].upper() + key[1:]: value for key, value in fields.items() if value is not None}


@answer("apigatewayv2", "GetAuthorizers", why="moto lacks it")
def get_authorizers(call: Call) -> Any:
    found = []
    for authorizer in _api(call).authorizers.values():
        described = _upper(authorizer.to_json())
        if described.get("JwtConfiguration"):
            described["JwtConfiguration"] = _upper(described["JwtConfiguration"])
        found.append(described)
    part, token = page(found, call.get("NextToken"), call.get("MaxResults"), 500)
    return {"Items": part, **({"NextToken": token} if token else {})}


@answer("apigatewayv2", "ListRoutingRules", why="moto lacks it")
def list_routing_rules(call: Call) -> Any:
    return {"RoutingRules": []}


# --- deployments and exports -----------------------------------------------------------------------------------------


def _scheme(authorizer: Any) -> dict[str, Any]:
    described = authorizer.to_json()
    extension: dict[str, Any] = {"type": str(described["authorizerType"]).lower()}
    for name in ("authorizerUri", "authorizerPayloadFormatVersion", "authorizerResultTtlInSeconds", "enableSimpleResponses"):
        if described.get(name) is not None:
            extension[name] = described[name]
    source = described.get("identitySource") or []
    extension["identitySource"] = source if isinstance(source, str) else ", ".join(source)
    if extension["type"] == "jwt":
        token = described.get("jwtConfiguration") or {}
        extension["jwtConfiguration"] = {key[:1].lower() + key[1:]: value for key, value in token.items()}
        return {"type": "oauth2", "x-amazon-apigateway-authorizer": extension}
    return {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authorizer": extension}


def _snapshot(api: Any) -> dict[str, Any]:
    """An OpenAPI document of the API as it is now, with API Gateway's extensions."""
    names = {authorizer.id: authorizer.name for authorizer in api.authorizers.values()}
    paths: dict[str, Any] = {}
    for route in api.routes.values():
        method, _, path = route.route_key.partition(" ")
        if not path:
            method, path = "ANY", f"/{route.route_key}"
        shown: dict[str, Any] = {"responses": {"default": {"description": f"Default response for {route.route_key}"}}}
        if route.route_key == "$default":
            shown["isDefaultRoute"] = True
        if route.authorization_type == "AWS_IAM":
            shown["x-amazon-apigateway-auth"] = {"type": "AWS_IAM"}
        elif route.authorizer_id in names:
            shown["security"] = [{names[route.authorizer_id]: list(route.authorization_scopes or [])}]
        integration = api.integrations.get((route.target or "").removeprefix("integrations/"))
        if integration is not None:
            fields = {
                "type": str(integration.integration_type).lower(),
                "httpMethod": integration.integration_method,
                "uri": integration.integration_uri,
                "connectionType": integration.connection_type or "INTERNET",
                "credentials": integration.credentials_arn,
                "payloadFormatVersion": integration.payload_format_version,
            }
            shown["x-amazon-apigateway-integration"] = {key: value for key, value in fields.items() if value is not None}
        key = "x-amazon-apigateway-any-method" if method == "ANY" else method.lower()
        paths.setdefault(path, {})[key] = shown
    return {
        "openapi": "3.0.1",
        "info": {"title": api.name, "version": now().strftime("%Y-%m-%d %H:%M:%SUTC")},
        "servers": [{"url": api.api_endpoint}],
        "paths": paths,
        "components": {"securitySchemes": {a.name: _scheme(a) for a in api.authorizers.values()}},
        "x-amazon-apigateway-importexport-version": "1.0",
    }


@answer("apigatewayv2", "CreateDeployment", why="moto lacks it")
def create_deployment(call: Call) -> Any:
    api = _api(call)
    deployment = {
        "DeploymentId": identifier(6),
        "AutoDeployed": False,
        "CreatedDate": now(),
        "DeploymentStatus": "DEPLOYED",
        **({"Description": call["Description"]} if call.get("Description") else {}),
    }
    key = (call.account, call.region, api.api_id)
    state().http_deployments.setdefault(key, []).append(deployment)
    state().deployed[(*key, deployment["DeploymentId"])] = _snapshot(api)
    if call.get("StageName"):
        if call["StageName"] not in api.stages:
            raise _missing("Invalid stage identifier specified")
        state().stage_deployments[(*key, call["StageName"])] = deployment["DeploymentId"]
    return deployment


@answer("apigatewayv2", "GetDeployments", why="moto lacks it")
def get_deployments(call: Call) -> Any:
    found = state().http_deployments.get((call.account, call.region, _api(call).api_id), [])
    part, token = page(found, call.get("NextToken"), call.get("MaxResults"), 500)
    return {"Items": part, **({"NextToken": token} if token else {})}


@answer("apigatewayv2", "UpdateStage", why="moto lacks it")
def update_stage(call: Call) -> Any:
    stage = _api(call).stages.get(call["StageName"])
    if stage is None:
        raise _missing("Invalid stage identifier specified")
    for name, field in (("DefaultRouteSettings", "default_route_settings"), ("AutoDeploy", "auto_deploy"), ("Description", "description")):
        if call.get(name) is not None:
            value = call[name]
            setattr(stage, field, {key[:1].lower() + key[1:]: item for key, item in value.items()} if isinstance(value, dict) else value)
    stage_changed(call, {})
    described = _upper(stage.to_json())
    described["DefaultRouteSettings"] = _upper(described["DefaultRouteSettings"])
    return described


@after("apigatewayv2", "CreateStage")
def stage_changed(call: Call, document: dict[str, Any]) -> None:
    if call.get("DeploymentId"):
        state().stage_deployments[(call.account, call.region, call["ApiId"], call["StageName"])] = call["DeploymentId"]


@after("apigatewayv2", "GetStages")
def stages_read(call: Call, document: dict[str, Any]) -> None:
    for stage in document.get("items", []):
        known = state().stage_deployments.get((call.account, call.region, call["ApiId"], stage["stageName"]))
        if known is not None:
            stage["deploymentId"] = known


@answer("apigatewayv2", "ExportApi", why="moto lacks it")
def export_api(call: Call) -> Any:
    api = _api(call)
    if api.protocol_type != "HTTP":
        raise AwsError("BadRequestException", "Only HTTP APIs can be exported", 400)
    stage = api.stages.get(call.get("StageName", ""))
    if call.get("StageName") and stage is None:
        raise _missing("Invalid stage identifier specified")
    document = _snapshot(api)
    if stage is not None and not stage.auto_deploy:
        deployment = state().stage_deployments.get((call.account, call.region, api.api_id, stage.name), "")
        document = state().deployed.get((call.account, call.region, api.api_id, deployment), {**document, "paths": {}})
    return {"body": json.dumps(document).encode()}
