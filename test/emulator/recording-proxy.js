import { createServer, request as httpRequest } from 'node:http';

/** Headers that decide how an answer is read; all others change from run to run or say nothing. */
const kept = ['content-type', 'x-amzn-errortype'];
/** Stands where a secret stood. */
const NOT_RECORDED = 'not-recorded';

const bodyOf = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const element = (body, name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
const withElement = (body, name, value) =>
  body.replace(new RegExp(`<${name}>[^<]*</${name}>`), `<${name}>${value}</${name}>`);

const send = ({ target, method, url, headers, body }) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(target);
    const outgoing = httpRequest({ hostname, port, method, path: url, headers }, (answer) => {
      bodyOf(answer).then(
        (bytes) =>
          resolve({ status: answer.statusCode, headers: answer.headers, body: bytes.toString('utf8') }),
        reject,
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });

/**
 * Stands between a sweep with demo credentials and the emulator, and keeps every answer by its request key. Sessions
 * get demo credentials in place of the emulator's, so that no secret is ever in a recording.
 */
export const startRecordingProxy = async ({
  target,
  accessKeyIdOf,
  requestKey,
  keyText,
  demoAccessKeyId,
  clock,
}) => {
  const sessions = new Map();
  const answers = new Map();
  const conflicts = [];

  const withoutSecrets = (key, answer) => {
    const body = answer.body.replace(
      /<RequestId>[^<]*<\/RequestId>/,
      `<RequestId>${NOT_RECORDED}</RequestId>`,
    );
    if (key.operation !== 'AssumeRole' || answer.status !== 200) {
      return body;
    }
    const accountId = /arn:aws:sts::(\d{12}):assumed-role/.exec(body)?.[1];
    const demoKey = demoAccessKeyId('ASIA', accountId);
    sessions.set(demoKey, element(body, 'AccessKeyId'));
    const replaced = { AccessKeyId: demoKey, SecretAccessKey: NOT_RECORDED, SessionToken: NOT_RECORDED };
    return Object.entries(replaced).reduce((text, [name, value]) => withElement(text, name, value), body);
  };

  const serve = async (incoming) => {
    const bytes = await bodyOf(incoming);
    const { method, url, headers } = incoming;
    const key = requestKey({ method, url, headers, body: bytes.toString('utf8') });
    if (key === null) {
      throw new Error(`a request without demo credentials: ${method} ${url}`);
    }
    const demoKey = /Credential=([A-Z0-9]+)\//.exec(headers.authorization)[1];
    const realKey = sessions.get(demoKey) ?? accessKeyIdOf(key.accountId);
    const { 'x-amz-security-token': _, ...others } = headers;
    const authorization = headers.authorization.replace(demoKey, realKey);
    const answer = await send({ target, method, url, headers: { ...others, authorization }, body: bytes });
    const recorded = {
      ...key,
      status: answer.status,
      headers: Object.fromEntries(
        kept.flatMap((name) => (answer.headers[name] === undefined ? [] : [[name, answer.headers[name]]])),
      ),
      body: withoutSecrets(key, answer),
    };
    const text = keyText(key);
    const known = answers.get(text);
    // A report that is being made answers differently until it is there; anything else must not.
    if (known !== undefined && known.body !== recorded.body && key.operation !== 'GenerateCredentialReport') {
      conflicts.push(text);
    }
    answers.set(text, recorded);
    return recorded;
  };

  const date = new Date(clock).toUTCString();
  const server = createServer((incoming, response) => {
    serve(incoming).then(
      ({ status, headers, body }) => {
        // The sweep's own clock stands still, the SDK's does not: a session must live in both.
        const living = body.replace(
          /<Expiration>[^<]*<\/Expiration>/,
          '<Expiration>2099-01-01T00:00:00Z</Expiration>',
        );
        response.writeHead(status, { ...headers, date });
        response.end(living);
      },
      (error) => {
        conflicts.push(error.message);
        response.destroy();
      },
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    answers: () => [...answers.values()],
    /** Calls whose answer was not the same each time: a recording cannot hold both. */
    conflicts: () => [...new Set(conflicts)].sort(),
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
};
