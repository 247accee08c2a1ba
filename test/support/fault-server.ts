import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** One call as the server saw it. */
export interface SeenCall {
  /** `ListUsers` for query and JSON protocols, `GET /restapis` for REST ones. */
  readonly operation: string;
  readonly accessKeyId: string | null;
  readonly region: string | null;
  readonly userAgent: string;
  readonly body: string;
}

export type Fault =
  | {
      readonly kind: 'answer';
      readonly status?: number;
      readonly type?: string;
      readonly body: string;
      readonly date?: string;
    }
  | { readonly kind: 'hang' }
  /** Sends the head and a part of the body, then nothing more. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'reset' };

export interface FaultServer {
  readonly url: string;
  readonly calls: readonly SeenCall[];
  /** Most calls that were open at the same time. */
  readonly mostAtOnce: () => number;
  stop(): Promise<void>;
}

const largestBody = 1_000_000;

function seen(request: IncomingMessage, body: string): SeenCall {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '');
  const target = request.headers['x-amz-target'];
  const action = new URLSearchParams(body).get('Action');
  const path = (request.url ?? '').split('?')[0] ?? '';
  return {
    operation:
      (typeof target === 'string' ? target.split('.').at(-1) : action) ?? `${request.method} ${path}`,
    accessKeyId: scope?.[1] ?? null,
    region: scope?.[2] ?? null,
    userAgent: request.headers['user-agent'] ?? '',
    body,
  };
}

function act(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  switch (fault.kind) {
    case 'answer':
      response.writeHead(fault.status ?? 200, {
        'content-type': fault.type ?? 'text/xml',
        'x-amzn-requestid': 'request-1',
        ...(fault.date === undefined ? {} : { date: fault.date }),
      });
      response.end(fault.body);
      return;
    case 'hang':
      return;
    case 'stall':
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' });
      response.write('<ListUsersResponse>');
      return;
    case 'reset':
      request.socket.destroy();
      return;
    default:
      fault satisfies never;
  }
}

/** An endpoint on loopback that answers every call as the test says. Ends with `stop`, whatever is still open. */
export async function startFaultServer(
  answer: (call: SeenCall, index: number) => Fault | Promise<Fault>,
): Promise<FaultServer> {
  const calls: SeenCall[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    let body = '';
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => {
      open -= 1;
    });
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
      if (body.length > largestBody) {
        request.socket.destroy();
      }
    });
    request.on('end', async () => {
      const call = seen(request, body);
      calls.push(call);
      act(await answer(call, calls.length - 1), request, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the fault server has no port');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    mostAtOnce: () => most,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function queryError(code: string, message: string, status = 400): Fault {
  return {
    kind: 'answer',
    status,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>request-1</RequestId></ErrorResponse>`,
  };
}

export function jsonError(name: string, message: string, status = 400): Fault {
  return {
    kind: 'answer',
    status,
    type: 'application/x-amz-json-1.1',
    body: JSON.stringify({ __type: name, message }),
  };
}

export function jsonAnswer(value: unknown): Fault {
  return { kind: 'answer', type: 'application/x-amz-json-1.1', body: JSON.stringify(value) };
}
