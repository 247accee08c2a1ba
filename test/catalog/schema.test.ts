import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { hostileResult } from '../support/hostile-result.ts';
import { incidentResult } from '../support/incident-result.ts';
import { buildResult } from '../support/result-builder.ts';

const root = resolve(import.meta.dirname, '..', '..');
const schema: unknown = JSON.parse(readFileSync(join(root, 'schema', 'result-1.json'), 'utf8'));

function compile() {
  if (typeof schema !== 'object' || schema === null) {
    throw new Error('the schema is an object');
  }
  return new Ajv2020({
    strict: true,
    strictRequired: false,
    allErrors: true,
    validateFormats: false,
  }).compile(schema);
}

/** What a reader of the file has: the result after a trip through JSON. */
function asRead(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('schema/result-1.json', () => {
  const validate = compile();

  test('accepts results', () => {
    for (const result of [buildResult(), incidentResult(), hostileResult('formula')]) {
      validate(asRead(result));
      expect(validate.errors).toBeNull();
    }
  });

  test('refuses an unknown field, at the top and inside', () => {
    const result = incidentResult();
    expect(validate(asRead({ ...result, invented: true }))).toBe(false);
    expect(validate(asRead({ ...result, scope: { ...result.scope, invented: true } }))).toBe(false);
    const [first, ...others] = result.findings;
    expect(validate(asRead({ ...result, findings: [{ ...first, invented: true }, ...others] }))).toBe(false);
  });

  test('refuses a missing field and another version', () => {
    const { findings: _findings, ...incomplete } = incidentResult();
    expect(validate(asRead(incomplete))).toBe(false);
    expect(validate(asRead({ ...incidentResult(), schemaVersion: 2 }))).toBe(false);
  });
});
