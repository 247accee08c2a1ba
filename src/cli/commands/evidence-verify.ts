import { verifyEvidence } from '../../evidence/read-evidence.ts';
import type { Run } from '../program.ts';
import { print } from '../terminal.ts';

export const run: Run = async ([directory = '']) => {
  const { shards, observations, digest } = await verifyEvidence(directory);
  print(`ok: ${shards} files, ${observations} observations match their digests; manifest sha256 ${digest}`);
  return 0;
};
