import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type FaultKind, faultAnswer, type WireAnswer } from './fault-answers.ts';
import type { RecordedAnswer, Recording } from './recording.ts';
import { keyText, type RequestKey, requestKey } from './request-key.ts';

export interface ReplayEndpoint {
  readonly url: string;
  /** Calls that were not in the recording; each was answered with 501. */
  unrecorded(): readonly string[];
  /** Recorded answers that nobody asked for. */
  unused(): readonly string[];
  stop(): Promise<void>;
}

export interface ReplaySettings {
  /** Turns an answer into a fault; for tests of what happens when one operation fails. */
  readonly fault?: (key: RequestKey) => FaultKind | null;
}

const largestBody = 1024 * 1024;
/** Recorded sessions must live whenever the demo runs: the SDK holds them against the real clock. */
const credentialExpiration = '2099-01-01T00:00:00Z';

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largestBody) {
      throw new Error('request too large');
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function notRecorded(text: string): WireAnswer {
  return {
    status: 501,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'NotRecordedException' },
    body: JSON.stringify({ __type: 'NotRecordedException', message: `not in the recording: ${text}` }),
  };
}

function withLivingCredentials({ operation, body }: RecordedAnswer): string {
  return operation === 'AssumeRole'
    ? body.replace(/<Expiration>[^<]*<\/Expiration>/, `<Expiration>${credentialExpiration}</Expiration>`)
    : body;
}

/**
 * Serves recorded answers on 127.0.0.1. It matches service, operation, account, region and input, refuses everything
 * that was not recorded with 501, and stops when asked to.
 */
export async function startReplayEndpoint(
  recording: Recording,
  settings: ReplaySettings = {},
): Promise<ReplayEndpoint> {
  const answers = new Map(recording.answers.map((answer) => [keyText(answer), answer]));
  const used = new Set<string>();
  const unrecorded = new Set<string>();
  const clock = new Date(recording.head.clock).toUTCString();

  const answerTo = (key: RequestKey | null): WireAnswer => {
    if (key === null) {
      return notRecorded('a request without demo credentials');
    }
    const text = keyText(key);
    const fault = settings.fault?.(key) ?? null;
    if (fault !== null) {
      return faultAnswer(fault, key);
    }
    const answer = answers.get(text);
    if (answer === undefined) {
      unrecorded.add(text);
      return notRecorded(text);
    }
    used.add(text);
    return {
      status: answer.status,
      headers: answer.headers,
      body: withLivingCredentials(answer),
    };
  };

  const server: Server = createServer((request, response) => {
    bodyOf(request)
      .then((body) => {
        const { method = 'GET', url = '/', headers } = request;
        const answer = answerTo(requestKey({ method, url, headers, body }));
        response.writeHead(answer.status, { ...answer.headers, date: clock, 'x-afterleak-demo': 'recorded' });
        response.end(answer.body);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    unrecorded: () => [...unrecorded].sort(),
    unused: () => [...answers.keys()].filter((text) => !used.has(text)).sort(),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
