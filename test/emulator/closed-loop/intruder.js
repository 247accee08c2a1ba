import { request } from 'node:http';
import { allow, awsIn, document, MANAGED } from '../seeds/aws.js';
import { MANAGEMENT_ACCOUNT, PRODUCTION_ACCOUNT } from '../start.js';
import { INTRUDERS_ACCOUNT } from './world.js';

/** What the trail shows it to have entered, and what it opened to its own account. */
const ROLES = [
  `arn:aws:iam::${PRODUCTION_ACCOUNT}:role/OrganizationAccountAccessRole`,
  `arn:aws:iam::${MANAGEMENT_ACCOUNT}:role/reporting`,
];
/** Who has made so much has won; more proves nothing. */
const ENOUGH = 40;

/** One request from the internet, to a host that only the emulator answers for. */
const knock = (emulator, host, method, path) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(emulator.url);
    const sent = request({ hostname, port, method, path, headers: { host } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end();
  });

const keysOf = ({ AccessKeyId, SecretAccessKey, SessionToken }) => ({
  accessKeyId: AccessKeyId,
  secretAccessKey: SecretAccessKey,
  ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
});

const account = (arn) => arn.split(':')[4];

/**
 * Somebody who watches and comes back by every way that is still open. It tries, as a real caller over the wire: its keys
 * and sessions, the endpoint and the URL of its function, the portal, the roles that trust it; with whatever answers it
 * makes users, keys and sessions, and undoes what was done to it. It makes nothing before something of it stops working:
 * before that, nobody has given it a reason to.
 */
export const createIntruder = (emulator, { innocent, incident, foreign }) => {
  /** Ways in by name: credentials and the account that they act in. */
  const held = new Map();
  const made = [];
  const tried = new Map();
  let awake = false;
  let turns = 0;
  let running = Promise.resolve();

  const attempt = async (what, work) => {
    const counted = tried.get(what) ?? { done: 0, refused: 0, last: '' };
    tried.set(what, counted);
    try {
      const answer = await work();
      counted.done += 1;
      return answer ?? true;
    } catch (error) {
      counted.refused += 1;
      counted.last = `${error.name}: ${error.message}`;
      return null;
    }
  };
  const as = ({ accountId, credentials }) => awsIn(emulator, accountId, { credentials });
  const hold = (name, accountId, credentials, more = {}) =>
    held.set(name, { name, accountId, credentials, ...more });

  for (const userName of ['svc-backup', 'aws-support', 'ops-sync']) {
    const credentials = {
      accessKeyId: incident.keys[userName],
      secretAccessKey: incident.secrets[userName],
    };
    hold(`key of ${userName}`, MANAGEMENT_ACCOUNT, credentials, { userName });
  }
  hold(
    'key of svc-metrics',
    MANAGEMENT_ACCOUNT,
    { accessKeyId: incident.functionMadeAccessKeyId, secretAccessKey: incident.functionMadeSecret },
    { userName: 'svc-metrics' },
  );
  const { accessKeyId, secretAccessKey } = innocent.deploy;
  hold('leaked key', MANAGEMENT_ACCOUNT, { accessKeyId, secretAccessKey }, { userName: 'deploy' });
  hold('own account', INTRUDERS_ACCOUNT, foreign, { elsewhere: true });

  /** Sessions that each way in can open; those that live are kept. */
  const openSessions = async (way) => {
    const { sts } = as(way);
    if (way.userName !== undefined && !held.has(`federation of ${way.userName}`)) {
      const answer = await attempt(`federation by ${way.name}`, () =>
        sts('GetFederationToken', { Name: 'console', DurationSeconds: 3600, Policy: document(allow('*')) }),
      );
      if (answer !== null) {
        hold(`federation of ${way.userName}`, MANAGEMENT_ACCOUNT, keysOf(answer.Credentials));
      }
    }
    for (const RoleArn of ROLES.filter((arn) => !held.has(`session of ${arn}`))) {
      const answer = await attempt(`assume ${RoleArn} by ${way.name}`, () =>
        sts('AssumeRole', { RoleArn, RoleSessionName: 'ops' }),
      );
      if (answer !== null) {
        hold(`session of ${RoleArn}`, account(RoleArn), keysOf(answer.Credentials));
      }
    }
  };

  /** A session that is refused leaves its place to a new one, and is tried again for as long as it could live. */
  const stillWorks = async (way) => {
    const answer = await attempt(`be ${way.name}`, () => as(way).iam('ListUsers', { MaxItems: 1 }));
    if (answer === null && way.userName === undefined && !way.elsewhere && !way.refused) {
      held.delete(way.name);
      hold(`${way.name} refused in turn ${turns}`, way.accountId, way.credentials, { refused: true });
    }
    return answer !== null;
  };

  const throughFunction = async () => {
    const ways = [
      ['endpoint', `${incident.endpointApiId}.execute-api.us-east-1.amazonaws.com`, '/health'],
      ['function URL', new URL(incident.functionUrl).host, '/'],
    ];
    const found = [];
    for (const [name, host, path] of ways) {
      const answer = await attempt(`reach the function through the ${name}`, async () => {
        const { status, text } = await knock(emulator, host, 'POST', path);
        if (status !== 200) {
          throw new Error(`${status} ${text}`);
        }
        return JSON.parse(text);
      });
      if (answer !== null) {
        found.push({
          name: `function through the ${name}`,
          accountId: MANAGEMENT_ACCOUNT,
          credentials: keysOf(answer.credentials),
        });
      }
    }
    return found;
  };

  const throughPortal = async () => {
    const name = 'session of the portal';
    if (held.has(name)) {
      return;
    }
    const answer = await attempt('sign in to the portal', () =>
      emulator.signIn({
        userId: incident.intruderDirectoryUserId,
        accountId: MANAGEMENT_ACCOUNT,
        permissionSetArn: incident.lengthenedPermissionSetArn,
      }),
    );
    if (answer !== null) {
      hold(name, MANAGEMENT_ACCOUNT, keysOf(answer.credentials));
    }
  };

  /** One more administrator with a key, made by whoever can. */
  const mint = async (way) => {
    const { iam } = as(way);
    const UserName = `svc-cache-${made.length + 1}`;
    const user = await attempt(`make a user by ${way.name}`, () => iam('CreateUser', { UserName }));
    if (user === null) {
      return;
    }
    made.push({
      type: 'iam-user',
      accountId: way.accountId,
      arn: user.User.Arn,
      userName: UserName,
      by: way.name,
    });
    await attempt(`make administrators by ${way.name}`, () =>
      iam('AttachUserPolicy', { UserName, PolicyArn: MANAGED.administrator }),
    );
    const key = await attempt(`make a key by ${way.name}`, () => iam('CreateAccessKey', { UserName }));
    if (key !== null) {
      hold(`key of ${UserName}`, way.accountId, keysOf(key.AccessKey), { userName: UserName });
    }
  };

  /** Undoes what was done to its users, and makes them new keys. */
  const recover = async (way) => {
    const { iam, lambda } = as(way);
    for (const { userName, credentials, accountId } of [...held.values()]) {
      if (userName === undefined || accountId !== way.accountId || userName.startsWith('svc-cache')) {
        continue;
      }
      await attempt(`re-enable keys by ${way.name}`, () =>
        iam('UpdateAccessKey', {
          UserName: userName,
          AccessKeyId: credentials.accessKeyId,
          Status: 'Active',
        }),
      );
      const { PolicyNames = [] } =
        (await attempt(`read policies by ${way.name}`, () =>
          iam('ListUserPolicies', { UserName: userName }),
        )) ?? {};
      for (const PolicyName of PolicyNames.filter((name) => /deny|afterleak|contain/i.test(name))) {
        await attempt(`take denies away by ${way.name}`, () =>
          iam('DeleteUserPolicy', { UserName: userName, PolicyName }),
        );
      }
      if (!made.some((one) => one.type === 'access-key' && one.userName === userName)) {
        const key = await attempt(`make new keys by ${way.name}`, () =>
          iam('CreateAccessKey', { UserName: userName }),
        );
        if (key !== null) {
          const { AccessKeyId } = key.AccessKey;
          made.push({ type: 'access-key', accountId, arn: AccessKeyId, userName, by: way.name });
          hold(`new key of ${userName}`, accountId, keysOf(key.AccessKey), { userName });
        }
      }
    }
    await attempt(`thaw the function by ${way.name}`, () =>
      lambda('DeleteFunctionConcurrency', { FunctionName: 'health-check' }),
    );
  };

  const takeTurn = async () => {
    turns += 1;
    if (made.length >= ENOUGH) {
      return;
    }
    await throughPortal();
    const ways = [];
    for (const way of [...held.values()]) {
      if (await stillWorks(way)) {
        ways.push(way);
      } else if (way.name !== 'leaked key') {
        awake = true;
      }
    }
    for (const way of ways) {
      await openSessions(way);
    }
    const open = await throughFunction();
    if (open.length < 2) {
      awake = true;
    }
    if (!awake) {
      return;
    }
    for (const way of [...ways.filter(({ elsewhere }) => elsewhere !== true), ...open]) {
      await recover(way);
      await mint(way);
    }
  };

  return {
    /** Between two steps of the owner. */
    turn: () => {
      running = running.then(takeTurn);
      return running;
    },
    /** What it made, when it was awake. */
    made: () => made,
    turns: () => turns,
    /** What it tried, how often that was done and refused, and the last refusal. */
    tried: () => tried,
    /** Ways in that still answer. */
    stillIn: async () => {
      const ways = [];
      for (const way of [...held.values()].filter(({ elsewhere }) => elsewhere !== true)) {
        if (await stillWorks(way)) {
          ways.push(way.name);
        }
      }
      return [...ways, ...(await throughFunction()).map(({ name }) => name)].sort();
    },
    /** What it made and is still there. */
    left: async () => {
      const lines = [];
      for (const one of made) {
        const { iam } = awsIn(emulator, one.accountId);
        const of = { UserName: one.userName };
        const there = await (one.type === 'iam-user'
          ? iam('GetUser', of).then(() => true)
          : iam('ListAccessKeys', of).then(({ AccessKeyMetadata }) =>
              AccessKeyMetadata.some(({ AccessKeyId }) => AccessKeyId === one.arn),
            )
        ).catch((error) => {
          if (/NoSuchEntity/.test(error.name)) {
            return false;
          }
          throw error;
        });
        if (there) {
          lines.push(`${one.type} ${one.arn} (made by ${one.by})`);
        }
      }
      return lines;
    },
  };
};
