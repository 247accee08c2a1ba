import { spawn } from 'node:child_process';
import { provision } from './provision.js';

/** The management account of every fixture. */
export const MANAGEMENT_ACCOUNT = '111122223333';
export const SECURITY_ACCOUNT = '222233334444';
export const PRODUCTION_ACCOUNT = '333344445555';
export const DEVELOPMENT_ACCOUNT = '444455556666';

/** Credentials of the test itself in an account; they belong to no IAM user. */
const credentialsFor = (accountId) => ({
  accessKeyId: `ASIAEMU0${accountId}`,
  secretAccessKey: 'emulator',
  sessionToken: 'emulator',
});

/** Client options for an account, a region and an emulator; pass other credentials to act as somebody. */
const clientOptions = (url, accountId, region = 'us-east-1', credentials = credentialsFor(accountId)) => ({
  endpoint: url,
  region,
  credentials,
  maxAttempts: 1,
});

const control = async (url, name, { method = 'GET', body } = {}) => {
  const response = await fetch(`${url}/_emulator/${name}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`The emulator refused ${method} ${name}: ${text}`);
  }
  return text;
};

/** The control functions of a running emulator, from its URL alone (for test files that did not start it). */
export const connectEmulator = (url) => {
  const post = (name, body) => control(url, name, { method: 'POST', body }).then(JSON.parse);
  return {
    url,
    /** An ISO instant, or null for the present; unless it ticks, the clock stands still and a seeding repeats exactly. */
    setClock: (time, { tick = false } = {}) => post('clock', { time, tick }),
    /** Forgets everything and makes ids repeatable. */
    reset: (seed = 42) => post('reset', { seed }),
    /** Repeats ids from here on, whatever was called before, and forgets nothing. */
    seedIds: (seed) => post('ids', { seed }),
    setState: (state) => post('state', state),
    getState: () => control(url, 'state').then(JSON.parse),
    setFaults: (rules) => post('faults', { rules }),
    clearFaults: () => post('faults', { rules: [] }),
    layerLog: () =>
      control(url, 'log').then((text) =>
        text
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line)),
      ),
    clearLog: () => control(url, 'log', { method: 'DELETE' }),
    /** What CloudTrail would have recorded of the calls since the last reset, by time. */
    trailRecords: async ({ account, since } = {}) => {
      const query = new URLSearchParams({
        ...(account === undefined ? {} : { account }),
        ...(since === undefined ? {} : { since }),
      });
      return JSON.parse(await control(url, `trail?${query}`)).records;
    },
    /** Events that no call to the emulator makes; ids and what else they leave out are filled in. */
    addTrailRecords: (records) => post('trail', { records }),
    clearTrail: () => control(url, 'trail', { method: 'DELETE' }),
    /** Credentials of a permission set for a directory user, as the access portal hands them out. */
    signIn: (body) => post('portal', body),
    ready: () => control(url, 'ready').then(JSON.parse),
    credentialsFor,
    clientOptions: (accountId, region, credentials) => clientOptions(url, accountId, region, credentials),
  };
};

/** Starts moto behind the layer on loopback; it ends with stop(), and by itself when this process dies. */
export const startEmulator = async ({ port = 0, log } = {}) => {
  const python = await provision({ log });
  const child = spawn(python, ['-m', 'layer', String(port)], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      TZ: 'UTC',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
      AWS_ACCESS_KEY_ID: 'emulator',
      AWS_SECRET_ACCESS_KEY: 'emulator',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  let complaints = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text) => {
    complaints = (complaints + text).slice(-20_000);
  });
  child.stdin.on('error', () => {});
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const announced = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) {
        resolve(JSON.parse(text.slice(0, text.indexOf('\n'))));
      }
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The AWS emulator ended with ${code}: ${complaints}`)));
  });
  // The pipes of a child must not keep the test runner alive.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    stream.unref?.();
  }
  const emulator = connectEmulator(`http://127.0.0.1:${announced.port}`);
  await emulator.reset();
  return {
    ...emulator,
    /** What the layer wrote to its standard error: a traceback here is a bug of the layer. */
    complaints: () => complaints,
    stop: async () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await exited;
      clearTimeout(timer);
    },
  };
};
