"""The WSGI application: control endpoints, faults, our answers, and moto behind them."""

from __future__ import annotations

import base64
import io
import json
import re
import threading
import time
import traceback
from collections import deque
from datetime import datetime, timezone
from typing import Any

import time_machine
from moto.core.exceptions import ServiceException
from moto.iam.models import iam_backends
from moto.moto_api._internal import mock_random
from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.iam.models import AccessKeyLastUsed
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from . import account, authorization, compute, conflicts, endpoints, history, http_apis, iam, identity_center, paging, trail, wire  # noqa: F401  (each registers its answers)
from .control import apply_state, describe_state
from .organization import vantage
from .state import AFTER, ANSWERS, BEFORE, Holder, State, now, state
from .trail_records import TrailRecords
from .wire import AwsError, Call

# Keys of the tests themselves: they name their account and belong to no IAM user.
EMULATOR_KEY = re.compile(r"^ASIAEMU0(\d{12})$")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def account_of_key(access_key: str) -> str | None:
    """AWS (and moto) encode the account in the key id: base32, offset, halved."""
    if len(access_key) != 20:
        return None
    try:
        number = int.from_bytes(base64.b32decode(access_key[4:12]), "big") - 549755813888
    except ValueError:
        return None
    odd = ALPHABET.find(access_key[12]) >= 16
    account = f"{number * 2 + int(odd):012d}"
    return account if number >= 0 and len(account) == 12 else None


class Clock:
    """The time that moto and the layer see; real when nobody set it."""

    def __init__(self) -> None:
        self._traveller: Any = None
        self.setting: dict[str, Any] = {"time": None, "tick": True}

    def set(self, instant: str | None, tick: bool) -> None:
        if self._traveller is not None:
            self._traveller.stop()
            self._traveller = None
        self.setting = {"time": instant, "tick": tick}
        if instant is not None:
            moment = datetime.fromisoformat(instant.replace("Z", "+00:00"))
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=timezone.utc)
            self._traveller = time_machine.travel(moment, tick=tick)
            self._traveller.start()


class Application:
    def __init__(self) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._clock = Clock()
        self._lock = threading.RLock()
        self._rules: list[dict[str, Any]] = []
        self._log: deque[dict[str, Any]] = deque(maxlen=200_000)
        self._trail = TrailRecords(42)
        self._make_applications()

    def _make_applications(self) -> None:
        """moto makes a service's application at its first call and uses up random ids on it: do so before any seed."""
        for host in ("iam", "sts", "organizations", "sso", "identitystore", "lambda", "apigateway", "cloudtrail", "account"):
            name = self._moto.get_backend_for_host(f"{host}.us-east-1.amazonaws.com")
            if name is not None:
                self._moto.app_instances[name] = create_backend_app(name)

    # --- control -----------------------------------------------------------------------------------------------

    def _control(self, request: Request) -> Response:
        name = request.path.removeprefix("/_emulator/")
        body = json.loads(request.get_data() or b"{}")
        if name == "log" and request.method == "GET":
            return Response("".join(json.dumps(line) + "\n" for line in list(self._log)), 200, mimetype="application/x-ndjson")
        if name == "log" and request.method == "DELETE":
            self._log.clear()
            return _json({})
        if name == "trail":
            if request.method == "POST":
                self._trail.add(body["records"])
                return _json({})
            if request.method == "DELETE":
                self._trail.clear()
                return _json({})
            return _json({"records": self._trail.select(request.args.get("account"), request.args.get("since"))})
        if name == "clock":
            with self._lock:
                if request.method == "POST":
                    self._clock.set(body.get("time"), body.get("tick", True))
                return _json({**self._clock.setting, "now": now().isoformat()})
        if name == "faults":
            if request.method == "POST":
                self._rules = [dict(rule) for rule in body.get("rules", [])]
            elif request.method == "DELETE":
                self._rules = []
            return _json({"rules": self._rules})
        if name == "state":
            with self._lock:
                if request.method == "POST":
                    apply_state(body)
                return _json(describe_state())
        if name == "portal" and request.method == "POST":
            with self._lock:
                try:
                    return Response(json.dumps(endpoints.sign_in(body), default=str), 200, mimetype="application/json")
                except endpoints.Refused as refused:
                    return _json({"error": refused.why}, refused.status)
        if name == "reset" and request.method == "POST":
            with self._lock:
                self._reset(int(body.get("seed", 42)))
            return _json({})
        if name == "ids" and request.method == "POST":
            with self._lock:
                mock_random.seed(int(body["seed"]))
                self._trail.restart(int(body["seed"]))
            return _json({})
        if name == "ready":
            return _json({"ready": True, "answers": [f"{service}:{operation}" for service, operation in sorted(ANSWERS)]})
        return _json({"error": f"no such control endpoint: {request.method} {request.path}"}, 404)

    def _reset(self, seed: int) -> None:
        moto_api_backend.reset()
        mock_random.seed(seed)
        Holder.state = State()
        self._rules = []
        self._log.clear()
        self._trail = TrailRecords(seed)
        self._clock.set(None, True)

    # --- identity ----------------------------------------------------------------------------------------------

    def _identify(self, call: Call) -> None:
        emulator_key = EMULATOR_KEY.match(call.access_key)
        if emulator_key:
            call.account = emulator_key.group(1)
            call.caller_arn = state().caller_arns.get(
                call.account, f"arn:aws:sts::{call.account}:assumed-role/IncidentResponder/emulator"
            )
            return
        session = state().sessions.get(call.access_key)
        if session is not None:
            if session["expires"] < now():
                raise AwsError(*_expired(call.service))
            call.account, call.caller_arn = session["account"], session["arn"]
            call.principal, call.session = session["principal"], session
            return
        account = account_of_key(call.access_key)
        key = iam_backends[account]["aws"].access_keys.get(call.access_key) if account else None
        if account is None or key is None or key.status != "Active" or key.user_name is None:
            raise authorization.invalid_token(call.service)
        user = iam_backends[account]["aws"].get_user(key.user_name)
        call.account, call.caller_arn = account, user.arn
        call.principal = authorization.principal_of_user(account, user)
        key.last_used = AccessKeyLastUsed(now().replace(tzinfo=None), call.service, call.region)

    # --- faults ------------------------------------------------------------------------------------------------

    def _fault(self, call: Call) -> AwsError | None:
        for rule in list(self._rules):
            if any(
                rule.get(key) not in (None, "*", value)
                for key, value in (
                    ("service", call.service),
                    ("operation", call.operation),
                    ("account", call.account),
                    ("region", call.region),
                )
            ):
                continue
            left = rule.get("times")
            if left is not None:
                if left <= 0:
                    continue
                rule["times"] = left - 1
            return self._carry_out(rule, call)
        return None

    def _carry_out(self, rule: dict[str, Any], call: Call) -> AwsError:
        kind = rule["kind"]
        if kind == "deny":
            prefix = {"accessanalyzer": "access-analyzer", "sso-admin": "sso", "apigatewayv2": "apigateway"}
            action = f"{prefix.get(call.service, call.service)}:{rule.get('action', call.operation)}"
            policy = rule.get("policy", "identity-based")
            why = (
                f"because no identity-based policy allows the {action} action"
                if policy == "identity-based"
                else f"with an explicit deny in a {policy} policy"
            )
            return wire.access_denied(
                call.service,
                rule.get("message")
                or f"User: {call.caller_arn} is not authorized to perform: {action} on resource: {rule.get('resource', '*')} {why}",
            )
        if kind == "throttle":
            return wire.throttled(call.service)
        if kind == "hang":
            started = time.monotonic()
            while rule in self._rules and time.monotonic() - started < 600:
                threading.Event().wait(0.1)
            return AwsError("RequestTimeout", "The emulator held this request back.", 503)
        if kind == "error500":
            code = "InternalServerError" if wire.is_json(call.service) else "InternalFailure"
            return AwsError(code, "We encountered an internal error. Please try again.", 500)
        return AwsError(rule.get("code", "ValidationException"), rule.get("message", "Refused by a rule of the test."), rule.get("status", 400))

    # --- requests ----------------------------------------------------------------------------------------------

    def _to_moto(self, call: Call, environ: dict[str, Any], body: bytes) -> tuple[int, dict[str, str], bytes]:
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        environ["HTTP_X_MOTO_ACCOUNT_ID"] = call.account
        try:
            self._moto.get_application(environ)
        except AttributeError as error:  # moto's way to say that it has no such service
            raise not_implemented(call) from error
        answer = Response.from_app(self._moto, environ)
        headers = {
            key: value
            for key, value in answer.headers.items()
            if key.lower() not in ("content-length", "connection", "date", "access-control-allow-origin")
        }
        data = answer.get_data()
        if "text/html" in headers.get("Content-Type", "") and answer.status_code >= 400 and is_html(data):
            raise not_implemented(call)
        if "text/html" in headers.get("Content-Type", "text/html"):
            # Flask's default, which moto leaves on many answers; AWS never says so.
            headers["Content-Type"] = wire.content_type(call.service)
        return answer.status_code, headers, data

    def _answer(self, call: Call, environ: dict[str, Any], body: bytes) -> tuple[int, dict[str, str], bytes]:
        vantage(call)
        for asked in BEFORE.get((call.service, call.operation), []):
            asked(call)
        ours = ANSWERS.get((call.service, call.operation))
        if ours is not None:
            why, function = ours
            try:
                result = function(call)
            except (AwsError, ServiceException, HTTPException) as error:
                failed = as_aws_error(error)
                status, headers, data = wire.encode(call, failed)
            else:
                status, headers, data = wire.encode(call, result if result is not None else {})
            headers["x-afterleak-layer"] = why
            return status, headers, data
        status, headers, data = self._to_moto(call, environ, body)
        if status < 300 and data[:1] in (b"{", b"["):
            document = json.loads(data)
            told = AFTER.get((call.service, call.operation))
            if told is not None:
                told(call, document)
            paged = isinstance(document, dict) and paging.cut(call, document)
            if told is not None or paged:
                headers["x-afterleak-layer"] = "paged by the layer" if paged else "completed by the layer"
                data = json.dumps(document).encode()
        elif status < 300 and (call.service, call.operation) in AFTER:
            AFTER[(call.service, call.operation)](call, {})
        return status, headers, data

    def _serve(self, request: Request, environ: dict[str, Any]) -> Response:
        body = request.get_data(cache=True)
        raw = environ.get("RAW_URI") or environ.get("REQUEST_URI") or request.path
        call = wire.decode(request, raw.partition("?")[0])
        started = time.monotonic()
        layer = ""
        try:
            if not call.operation:
                raise AwsError("UnknownOperationException", f"{request.method} {request.path} is no operation of {call.service}", 501)
            self._identify(call)
            fault = self._fault(call)
            if fault is not None:
                layer = "fault of the test"
                raise fault
            with self._lock:
                layer = "authorization"
                authorization.authorize(call)
                layer = ""
                status, headers, data = self._answer(call, environ, body)
        except AwsError as error:
            status, headers, data = encode_error(call, error)
            layer = layer or ("identity" if error.status == 403 else "not implemented" if error.status == 501 else "refused")
            headers["x-afterleak-layer"] = layer
        except NotImplementedError:
            status, headers, data = encode_error(call, not_implemented(call))
            headers["x-afterleak-layer"] = "not implemented"
        except Exception as error:  # a bug of the layer must be seen as one
            traceback.print_exc()
            status, headers, data = encode_error(
                call, AwsError("EmulatorFault", f"{call.service}:{call.operation}: {type(error).__name__}: {error}", 501)
            )
            headers["x-afterleak-layer"] = "fault in the layer"
        try:
            self._trail.record(call, request.headers, status, headers, data)
        except Exception:  # a call is answered even when its record cannot be written, but that must be seen
            traceback.print_exc()
        self._log.append(
            {
                "time": now().isoformat().replace("+00:00", "Z"),
                "service": call.service,
                "operation": call.operation,
                "account": call.account,
                "region": call.region,
                "caller": call.caller_arn,
                "status": status,
                "layer": headers.get("x-afterleak-layer", ""),
                "milliseconds": round((time.monotonic() - started) * 1000, 1),
            }
        )
        response = Response(data, status)
        for key, value in headers.items():
            response.headers[key] = value
        return response

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        try:
            if endpoints.is_endpoint(request.host.partition(":")[0]):
                with self._lock:
                    return endpoints.serve(request)(environ, start_response)
            response = self._control(request) if request.path.startswith("/_emulator/") else self._serve(request, environ)
        except Exception as error:
            traceback.print_exc()
            response = _json({"error": f"{type(error).__name__}: {error}"}, 500)
        return response(environ, start_response)


def not_implemented(call: Call) -> AwsError:
    return AwsError("NotImplementedByEmulator", f"neither moto nor the layer implements {call.service}:{call.operation}", 501)


def is_html(data: bytes) -> bool:
    return b"<html" in data[:400].lower() or b"<!doctype" in data[:400].lower()


def as_aws_error(error: Any) -> AwsError:
    if isinstance(error, AwsError):
        return error
    code = getattr(error, "error_type", None) or getattr(error, "code", "ValidationError")
    status = error.code if isinstance(getattr(error, "code", None), int) else None
    return AwsError(str(code), getattr(error, "message", str(error)), status)


def encode_error(call: Call, error: AwsError) -> tuple[int, dict[str, str], bytes]:
    try:
        return wire.encode(call, error)
    except Exception:  # no model to encode with: plain JSON is what every SDK can at least name
        document = {"__type": error.code, "message": error.message}
        return error.status or 400, {"Content-Type": "application/json", "X-Amzn-Errortype": error.code}, json.dumps(document).encode()


def _expired(service: str) -> tuple[str, str, int]:
    code = "ExpiredTokenException" if wire.is_json(service) else "ExpiredToken"
    return code, "The security token included in the request is expired", 403


def _json(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value), status, mimetype="application/json")
