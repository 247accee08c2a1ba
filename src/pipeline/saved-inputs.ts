import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readActionsLog } from '../input/actions-log.ts';
import { readBaseline } from '../input/baseline.ts';
import { readAttestations, readExceptions } from '../input/exceptions.ts';
import { readIncident } from '../input/incident.ts';
import { InputError } from '../input/input-error.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import type { Exception } from '../model/exception.ts';
import { type OwnedThing, ownershipOf } from '../model/ownership.ts';
import { type TraceResult, traceResultSchema } from '../model/trace-result.ts';
import type { ActionLogEntry } from '../model/verification.ts';
import { renderJson } from '../report/renderers/json.ts';
import type { JudgementInputs } from './judge.ts';
import { readResult } from './read-result.ts';
import { writePrivateFile } from './write-reports.ts';

export const inputsFolder = 'inputs';
export const inputsFile = 'inputs/audit.json';

/** What `verify` adds to a judgement. */
export interface VerificationInputs {
  readonly against: AuditResult;
  readonly actions: readonly ActionLogEntry[];
  readonly quick: boolean;
}

export interface SavedInputs {
  readonly judgement: JudgementInputs;
  readonly verification: VerificationInputs | null;
}

const names = ['incident', 'baseline', 'exceptions', 'attestations', 'owners', 'trace', 'previous'] as const;
type InputName = (typeof names)[number];

const option = z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]);

/** inputs/audit.json: which inputs there were, and what cannot be a file. */
const indexSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('afterleak'), version: z.string() }),
  evidenceDigest: z.string(),
  selection: z.strictObject({
    checks: z.array(z.string()),
    skipChecks: z.array(z.string()),
    checkOptions: z.record(z.string(), z.record(z.string(), option)),
    asOf: z.string().nullable(),
  }),
  events: z.strictObject({ readAt: z.string(), until: z.string().nullable() }).nullable(),
  verification: z.strictObject({ quick: z.boolean() }).nullable(),
  given: z.array(z.enum(names)),
  originals: z.array(
    z.strictObject({
      option: z.string(),
      name: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
    }),
  ),
});

export type InputsIndex = z.infer<typeof indexSchema>;

const ownedThing: z.ZodType<OwnedThing> = z.strictObject({
  owner: z.string(),
  arn: z.string().nullable(),
  type: z.string().nullable(),
  id: z.string().nullable(),
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  touchedAt: z.string().nullable(),
  stackTouchedAt: z.array(z.string()),
});

/** As people write it in exceptions.yaml. */
function writtenException(exception: Exception): object {
  const { kind, ...rest } = exception;
  if (kind === 'finding') {
    return rest;
  }
  const { operation, unit, reason, approvedBy, expires } = exception;
  return { gap: { operation, unit }, reason, approvedBy, expires };
}

/** Null = it was not given. What is kept was validated and holds no secret; a state file's secrets never got this far. */
function contentsOf(inputs: JudgementInputs): Readonly<Record<InputName, object | null>> {
  return {
    incident: inputs.incident,
    baseline: inputs.baseline,
    exceptions: inputs.exceptions.length === 0 ? null : inputs.exceptions.map(writtenException),
    attestations: inputs.attestations.length === 0 ? null : [...inputs.attestations],
    owners: inputs.ownership === null ? null : [...inputs.ownership.things],
    trace: inputs.trace,
    previous: inputs.previous,
  };
}

/** Where an input lies; a trace has its own place beside the report. */
export function inputPath(name: InputName): string {
  return name === 'trace' ? 'trace.json' : `${inputsFolder}/${name}.json`;
}

/** The files that people gave, by name and digest; where they lay is nobody's business. */
async function originalsOf(
  files: readonly (readonly [option: string, path: string | undefined])[],
): Promise<InputsIndex['originals']> {
  const found: InputsIndex['originals'] = [];
  for (const [name, path] of files) {
    // A pipe can be read once only, and was.
    if (path !== undefined && (await stat(path)).isFile()) {
      const bytes = await readFile(path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      found.push({ option: `--${name}`, name: basename(path), bytes: bytes.length, sha256 });
    }
  }
  return found;
}

/** Writes everything that the result depends on besides the evidence, so that the folder alone gives it again. */
export async function saveInputs(
  directory: string,
  { judgement, verification }: SavedInputs,
  result: AuditResult,
  options: RunOptions,
  further: readonly (readonly [option: string, path: string | undefined])[] = [],
): Promise<void> {
  await mkdir(join(directory, inputsFolder), { recursive: true, mode: 0o700 });
  const contents = contentsOf(judgement);
  const given = names.filter((name) => contents[name] !== null);
  for (const name of given) {
    await writePrivateFile(join(directory, inputPath(name)), renderJson(contents[name] ?? {}));
  }
  if (verification !== null) {
    const log = verification.actions.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    await writePrivateFile(join(directory, inputsFolder, 'against.json'), renderJson(verification.against));
    await writePrivateFile(join(directory, inputsFolder, 'actions.ndjson'), log);
  }
  const { selection } = judgement;
  const index: InputsIndex = {
    schemaVersion: 1,
    tool: result.tool,
    evidenceDigest: result.evidenceDigest,
    selection: {
      checks: [...selection.checks],
      skipChecks: [...selection.skipChecks],
      checkOptions: indexSchema.shape.selection.shape.checkOptions.parse(selection.checkOptions),
      asOf: selection.asOf,
    },
    events: judgement.trace === null ? null : judgement.events,
    verification: verification === null ? null : { quick: verification.quick },
    given,
    originals: await originalsOf([
      ['incident', options.incident],
      ['baseline', options.baseline],
      ['exceptions', options.exceptions],
      ['attestations', options.attestations],
      ...options.owners.map((path) => ['owners', path] as const),
      ['previous', options.previous],
      ...further,
    ]),
  };
  await writePrivateFile(join(directory, inputsFile), renderJson(index));
}

async function readJson<Output>(path: string, schema: z.ZodType<Output>): Promise<Output> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new InputError(`${path} is not what a run wrote`, 'Give the folder as the run left it.', {
      cause: error,
    });
  }
}

function readTrace(path: string): Promise<TraceResult> {
  return readJson(path, traceResultSchema);
}

export async function readInputsIndex(directory: string): Promise<InputsIndex> {
  return readJson(join(directory, inputsFile), indexSchema);
}

/** Reads what `saveInputs` wrote. @throws InputError */
export async function readInputs(directory: string, index: InputsIndex): Promise<SavedInputs> {
  const { given, selection } = index;
  const read = async <Value>(
    name: InputName,
    reader: (path: string) => Promise<Value>,
  ): Promise<Value | null> => (given.includes(name) ? await reader(join(directory, inputPath(name))) : null);
  const things = await read('owners', (path) => readJson(path, z.array(ownedThing)));
  return {
    judgement: {
      selection,
      incident: await read('incident', readIncident),
      baseline: await read('baseline', readBaseline),
      exceptions: (await read('exceptions', readExceptions)) ?? [],
      attestations: (await read('attestations', readAttestations)) ?? [],
      ownership: things === null ? null : ownershipOf(things),
      trace: await read('trace', readTrace),
      events: index.events,
      previous: await read('previous', readResult),
    },
    verification:
      index.verification === null
        ? null
        : {
            quick: index.verification.quick,
            against: await readResult(join(directory, inputsFolder, 'against.json')),
            actions: await readActionsLog(join(directory, inputsFolder, 'actions.ndjson')),
          },
  };
}
