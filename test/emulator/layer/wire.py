"""Reads AWS requests and writes AWS answers with botocore's models and moto's parsers and serializers."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, unquote

from moto.core.parse import PROTOCOL_PARSERS
from moto.core.serialize import SerializationContext, get_serializer_class
from moto.core.utils import get_service_model
from werkzeug.wrappers import Request

# Codes such as AccessDenied are in no service model: that is expected, and moto warns of it.
warnings.filterwarnings("ignore", message=r"Exception\(AwsError\)")

# Signing names whose botocore model carries another name.
MODEL_NAMES = {
    "sso": ("sso-admin",),
    "apigateway": ("apigateway", "apigatewayv2"),
    "access-analyzer": ("accessanalyzer",),
    "monitoring": ("cloudwatch",),
    "email": ("ses",),
}
REQUEST_ID = "00000000-0000-4000-8000-000000000000"


class AwsError(Exception):
    """An error of the AWS API, to be encoded in the protocol of the request."""

    def __init__(self, code: str, message: str, status: int | None = None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


class Call:
    """One request, decoded."""

    def __init__(self, service: str, operation: str, params: dict[str, Any], access_key: str, region: str):
        self.service = service
        self.operation = operation
        self.params = params
        self.access_key = access_key
        self.region = region
        self.account = ""
        self.caller_arn = ""
        # Whose policies decide, and the session through which it acts; neither for keys of the tests themselves.
        self.principal: Any = None
        self.session: dict[str, Any] | None = None

    def __getitem__(self, name: str) -> Any:
        return self.params[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.params.get(name, default)


@lru_cache(maxsize=None)
def _routes(service: str) -> list[tuple[str, re.Pattern[str], dict[str, str | None], str, int]]:
    """Method, path pattern, fixed query parameters, operation, and how specific the pattern is."""
    model = get_service_model(service)
    routes = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        path, _, query = http["requestUri"].partition("?")
        fixed = {key: values[0] or None for key, values in parse_qs(query, keep_blank_values=True).items()}
        pattern = ""
        for part in re.split(r"(\{[^}]+\})", path.rstrip("/")):
            if part.startswith("{"):
                label = part.strip("{}").rstrip("+")
                pattern += f"(?P<{re.sub(r'[^A-Za-z0-9_]', '_', label)}>{'.+' if part.endswith('+}') else '[^/]+'})"
            else:
                pattern += re.escape(part)
        literal = len(re.sub(r"\{[^}]+\}", "", path)) + 100 * len(fixed)
        routes.append((http["method"], re.compile(f"^{pattern}/?$"), fixed, name, literal))
    return sorted(routes, key=lambda route: -route[4])


def _rest_operation(service: str, method: str, path: str, query: dict[str, str]) -> tuple[str, dict[str, str]] | None:
    for route_method, pattern, fixed, name, _ in _routes(service):
        if route_method != method:
            continue
        match = pattern.match(path)
        if match and all(key in query and (value is None or query[key] == value) for key, value in fixed.items()):
            return name, {key: unquote(value) for key, value in match.groupdict().items()}
    return None


def _scope(request: Request) -> tuple[str, str, str]:
    match = re.search(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/aws4_request", request.headers.get("Authorization", ""))
    return match.groups() if match else ("", "us-east-1", "")  # type: ignore[return-value]


def decode(request: Request, raw_path: str) -> Call:
    """The call that a request makes; operation is empty when it cannot be told."""
    access_key, region, signing = _scope(request)
    target = request.headers.get("X-Amz-Target", "")
    for service in MODEL_NAMES.get(signing, (signing,)):
        try:
            model = get_service_model(service)
        except Exception:  # botocore has no such service: leave it to moto
            continue
        protocol = str(model.protocol)
        labels: dict[str, str] = {}
        if protocol in ("json", "smithy-rpc-v2-cbor"):
            operation = target.rpartition(".")[2]
        elif protocol in ("query", "ec2"):
            operation = request.form.get("Action") or request.args.get("Action") or ""
        else:
            found = _rest_operation(service, request.method, raw_path, request.args.to_dict())
            if found is None:
                continue
            operation, labels = found
        if operation not in model.operation_names:
            continue
        if protocol not in PROTOCOL_PARSERS:
            return Call(service, operation, {}, access_key, region)
        operation_model = model.operation_model(operation)
        try:
            params = PROTOCOL_PARSERS[protocol](operation_model).parse(
                {
                    "method": request.method,
                    "values": request.values,
                    "headers": request.headers,
                    "body": request.get_data(cache=True),
                    "url_path": request.path,
                    "url_params": {**labels, **{key.replace("_", "-"): value for key, value in labels.items()}},
                }
            )
        except Exception as error:  # a body that no model explains: moto shall say what is wrong
            params = {"_unparsed": str(error)}
        return Call(service, operation, params, access_key, region)
    return Call(MODEL_NAMES.get(signing, (signing or "unknown",))[0], "", {}, access_key, region)


def encode(call: Call, result: Any) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer or an AwsError, in the service's own protocol."""
    model = get_service_model(call.service)
    operation_model = model.operation_model(call.operation or next(iter(model.operation_names)))
    protocol = str(model.protocol)
    serializer = get_serializer_class(model.service_name, protocol)(
        operation_model=operation_model, context=SerializationContext(REQUEST_ID)
    )
    answer = serializer.serialize(result)
    status = answer["status_code"]
    if isinstance(result, AwsError) and result.status is not None:
        status = result.status
    body = answer["body"]
    headers = {key: str(value) for key, value in answer["headers"].items()}
    headers["x-amzn-requestid"] = REQUEST_ID
    return int(status), headers, body.encode("utf-8") if isinstance(body, str) else body


def is_json(service: str) -> bool:
    return str(get_service_model(service).protocol) in ("json", "rest-json")


def content_type(service: str) -> str:
    model = get_service_model(service)
    if str(model.protocol) == "json":
        return f"application/x-amz-json-{model.metadata.get('jsonVersion', '1.1')}"
    return "application/json" if is_json(service) else "text/xml"


def access_denied(service: str, message: str) -> AwsError:
    protocol = str(get_service_model(service).protocol)
    if protocol in ("json", "rest-json"):
        return AwsError("AccessDeniedException", message, 403 if protocol == "rest-json" else 400)
    return AwsError("AccessDenied", message, 403)


# Code and status of each service's own throttle; the rest answer ThrottlingException with 400.
THROTTLES = {
    "iam": ("Throttling", 400),
    "sts": ("Throttling", 400),
    "organizations": ("TooManyRequestsException", 400),
    "lambda": ("TooManyRequestsException", 429),
    "apigateway": ("TooManyRequestsException", 429),
    "apigatewayv2": ("TooManyRequestsException", 429),
    "account": ("TooManyRequestsException", 429),
    "accessanalyzer": ("ThrottlingException", 429),
    "s3": ("SlowDown", 503),
    "ec2": ("RequestLimitExceeded", 503),
}


def throttled(service: str) -> AwsError:
    code, status = THROTTLES.get(service, ("ThrottlingException", 400))
    return AwsError(code, "Rate exceeded", status)
