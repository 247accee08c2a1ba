"""server.py SOCKET [HOOK]: the pinned AWS CLI, loaded once and forked for each command; a plan makes hundreds of them.

Each command runs with the arguments, environment, folder and streams of the client that asked (client.py). HOOK is a URL
that is told of the command before it starts, and holds it back until it has answered. Ends when standard input closes.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import traceback
import urllib.request

import awscli.clidriver


# awscli puts the folder of its own data here when it is imported.
DATA_PATH = os.environ["AWS_DATA_PATH"]


SERVICES = "iam sts organizations lambda apigateway apigatewayv2 sso-admin identitystore cloudtrail".split()


def load() -> awscli.clidriver.CLIDriver:
    """What every command would load again: its own data, and the models of the services that plans act on."""
    driver = awscli.clidriver.create_clidriver()
    driver._get_command_table()
    driver._get_cli_data()
    loader = driver.session.get_component("data_loader")
    for service in SERVICES:
        for kind in ("service-2", "paginators-1", "waiters-2", "endpoint-rule-set-1"):
            try:
                loader.load_service_model(service, kind)
            except Exception:  # not every service has each
                continue
    for name in ("endpoints", "sdk-default-configuration", "_retry", "partitions"):
        loader.load_data(name)
    return driver


def read_line(connection: socket.socket) -> tuple[bytes, list[int]]:
    data, descriptors, _, _ = socket.recv_fds(connection, 1 << 20, 3)
    while not data.endswith(b"\n"):
        more = connection.recv(1 << 20)
        if not more:
            raise ConnectionError("the client went away")
        data += more
    return data, list(descriptors)


def ask(hook: str, told: dict[str, object]) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(hook, json.dumps(told).encode(), {"content-type": "application/json"})
    with opener.open(request, timeout=120) as answer:
        answer.read()


def run(driver: awscli.clidriver.CLIDriver, wanted: dict[str, object], descriptors: list[int]) -> int:
    os.chdir(str(wanted["cwd"]))
    os.environ.clear()
    os.environ.update({**dict(wanted["env"]), "AWS_DATA_PATH": DATA_PATH})  # type: ignore[call-overload]
    for target, descriptor in enumerate(descriptors):
        os.dup2(descriptor, target)
    try:
        code = driver.main(list(wanted["argv"]))  # type: ignore[call-overload]
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 255
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def serve(driver: awscli.clidriver.CLIDriver, connection: socket.socket, hook: str | None) -> None:
    """In the child: one command."""
    code = 255
    try:
        line, descriptors = read_line(connection)
        wanted = json.loads(line)
        if hook is not None:
            ask(hook, {"argv": wanted["argv"], "account": wanted["env"].get("AWS_ACCESS_KEY_ID", "")})
        code = run(driver, wanted, descriptors)
    except Exception:
        traceback.print_exc()
    connection.sendall(f"{code}\n".encode())


def main() -> None:
    path, hook = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    driver = load()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen(64)

    def watch_parent() -> None:
        while sys.stdin.buffer.read(4096):
            pass
        os._exit(0)

    print("ready", flush=True)
    parent = os.getpid()
    threading.Thread(target=watch_parent, daemon=True).start()
    while True:
        connection, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            # Twice, so that nobody has to wait for it.
            if os.fork() == 0:
                serve(driver, connection, hook)
            os._exit(0)
        connection.close()
        os.waitpid(-1, 0)
        assert os.getpid() == parent


main()
