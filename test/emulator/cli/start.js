import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { provision } from '../provision.js';

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Tells `before` of each command, and answers when it is done. */
const startHook = async (before) => {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    try {
      await before(JSON.parse(text));
      response.end('{}');
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
};

/**
 * The pinned AWS CLI as `aws` in a folder of its own, for scripts that call it often. `before` is awaited before each
 * command. `environment` is what a script needs to act on an emulator in an account.
 */
export const startAwsCli = async ({ before } = {}) => {
  const python = await provision();
  const folder = await mkdtemp(path.join(tmpdir(), 'afterleak-aws-'));
  const socket = path.join(folder, 'socket');
  const hook = before === undefined ? undefined : await startHook(before);
  const child = spawn(
    python,
    ['-I', path.join(import.meta.dirname, 'server.py'), socket, ...(hook === undefined ? [] : [hook.url])],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, PYTHONDONTWRITEBYTECODE: '1' },
    },
  );
  const exited = once(child, 'exit');
  const ready = await Promise.race([once(child.stdout, 'data'), exited]);
  if (String(ready[0]).trim() !== 'ready') {
    throw new Error(`The AWS CLI server ended with ${ready[0]}.`);
  }
  const client = path.join(import.meta.dirname, 'client.py');
  const command = [python, '-I', '-S', client, socket].map(quoted).join(' ');
  await writeFile(path.join(folder, 'aws'), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  return {
    folder,
    environment: (emulator, accountId, region = 'us-east-1') => {
      const { accessKeyId, secretAccessKey, sessionToken } = emulator.credentialsFor(accountId);
      return {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        HOME: folder,
        LC_ALL: 'C.UTF-8',
        AWS_ENDPOINT_URL: emulator.url,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
        AWS_DEFAULT_REGION: region,
        AWS_REGION: region,
        AWS_CONFIG_FILE: path.join(folder, 'no-config'),
        AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'no-credentials'),
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_PAGER: '',
        AWS_MAX_ATTEMPTS: '2',
      };
    },
    stop: async () => {
      child.stdin.end();
      hook?.close();
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await exited;
      clearTimeout(timer);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
