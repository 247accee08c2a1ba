import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The folder with public data sets, which lies beside the repository and is not part of it. */
const dataFolder = process.env['AFTERLEAK_DATA'] ?? path.join(repositoryRoot, '..', 'shared', 'data');

/** Null, with a message, where the data set is not on this machine. */
function dataFile(...parts: readonly string[]): Buffer | null {
  const file = path.join(dataFolder, ...parts);
  if (!existsSync(file)) {
    console.info(`not checked against ${parts.join('/')}: the data folder is not on this machine`);
    return null;
  }
  return readFileSync(file);
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const datePart = (fields: Fields, name: string): number => {
  const value = fields[name];
  return typeof value === 'number' ? value : 0;
};

const timeText = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/u;

/** Gives a recorded value the types that the SDK gives: dates, bytes, and policy documents as encoded text. */
export function asSdkOutput(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => asSdkOutput(item));
  }
  if (isFields(value)) {
    if (value['__class__'] === 'datetime') {
      return new Date(
        Date.UTC(
          datePart(value, 'year'),
          datePart(value, 'month') - 1,
          datePart(value, 'day'),
          datePart(value, 'hour'),
          datePart(value, 'minute'),
          datePart(value, 'second'),
        ),
      );
    }
    if (/Document$/u.test(name)) {
      return encodeURIComponent(JSON.stringify(value));
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asSdkOutput(item, key)]));
  }
  if (typeof value === 'string' && name === 'Content' && value.startsWith('user,arn,')) {
    return new TextEncoder().encode(value);
  }
  return typeof value === 'string' && /(?:Date|Time|Timestamp)$/u.test(name) && timeText.test(value)
    ? new Date(value)
    : value;
}

const outputOf = (value: unknown): object => {
  const output = asSdkOutput(value);
  if (!isFields(output)) {
    throw new Error('a recorded answer is an object');
  }
  return output;
};

/** One JSON file of a data set as the SDK's output; null where the data is not on this machine. */
export function recordedOutput(...parts: readonly string[]): object | null {
  const file = dataFile(...parts);
  return file === null ? null : outputOf(JSON.parse(file.toString('utf8')));
}

let answers: readonly Fields[] | null = null;

/** The successful answers that were recorded for an operation; null where the data is not on this machine. */
export function recordedAnswers(service: string, operation: string): readonly object[] | null {
  if (answers === null) {
    const file = dataFile('recorded-api-answers', 'api_responses.jsonl.gz');
    if (file === null) {
      return null;
    }
    answers = gunzipSync(file)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line))
      .filter(isFields);
  }
  return answers
    .filter(
      (answer) =>
        answer['service'] === service && answer['operation'] === operation && answer['status_code'] === 200,
    )
    .map((answer) => outputOf(answer['data']));
}
