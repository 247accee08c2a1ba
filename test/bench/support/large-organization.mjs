import { createServer } from 'node:http';
import { readRecording } from '../../../dist/src/demo/recording.js';
import { keyText, requestKey } from '../../../dist/src/demo/request-key.js';

const recordingPath = new URL('../../../examples/leaked-management-key/answers.ndjson.gz', import.meta.url);
const managementAccount = '111122223333';
/** Every further account is a copy of this one. */
const template = '333344445555';
const copies = /\b5000000\d{5}\b/g;

/**
 * Serves the organization of the demo with as many accounts as asked for: the management account as recorded, the
 * others as copies of one member. A process of its own, so that what it costs is not measured.
 */
const accounts = Number(process.argv[2]);
const recording = await readRecording(recordingPath.pathname);
const answers = new Map(recording.answers.map((answer) => [keyText(answer), answer]));
const unrecorded = new Set();
let calls = 0;

const copyId = (index) => `5000000${String(index).padStart(5, '0')}`;
const asTemplate = (text) => text.replace(copies, template);

function listAccounts(body) {
  const known = JSON.parse(body).Accounts;
  const own = known.find(({ Id }) => Id === managementAccount);
  const member = JSON.stringify(known.find(({ Id }) => Id === template));
  const made = Array.from({ length: accounts - 1 }, (_, index) =>
    JSON.parse(member.replaceAll(template, copyId(index + 1))),
  );
  return JSON.stringify({ Accounts: [own, ...made] });
}

function answerTo(key) {
  const named = `${key.accountId} ${key.input}`.match(copies)?.[0];
  const recorded = answers.get(
    keyText({ ...key, accountId: asTemplate(key.accountId), input: asTemplate(key.input) }),
  );
  if (recorded === undefined && key.operation === 'GetLoginProfile') {
    // Asked for every user once the recorded credential report is older than the answers.
    const body = '<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code></Error></ErrorResponse>';
    return { status: 404, headers: { 'content-type': 'text/xml' }, body };
  }
  if (recorded === undefined) {
    unrecorded.add(keyText(key));
    return { status: 501, headers: {}, body: '{}' };
  }
  if (key.service === 'organizations' && key.operation === 'ListAccounts') {
    return { ...recorded, body: listAccounts(recorded.body) };
  }
  const body = recorded.body.replace(
    /<Expiration>[^<]*<\/Expiration>/,
    '<Expiration>2099-01-01T00:00:00Z</Expiration>',
  );
  return { ...recorded, body: named === undefined ? body : body.replaceAll(template, named) };
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    calls += 1;
    const { method = 'GET', url = '/', headers } = request;
    const key = requestKey({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
    const { status, headers: head, body } = answerTo(key);
    response.writeHead(status, { ...head, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
process.on('message', () => {
  process.send({ calls, unrecorded: [...unrecorded] });
  process.disconnect();
  server.close();
  server.closeAllConnections();
});
