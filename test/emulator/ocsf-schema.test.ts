import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';
import type { AuditResult } from '../../src/model/audit-result.ts';
import { renderOcsf } from '../../src/report/renderers/ocsf/render-ocsf.ts';
import { incidentResult } from '../support/incident-result.ts';
import { machineResults } from '../support/machine-results.ts';
import { provision } from './provision.js';

/** The schema as OCSF's schema server gives it, from the Python package that carries it: no npm package does. */
const script = `
import json, sys
from ocsf_json_schema import get_ocsf_schema, OcsfJsonSchemaEmbedded
schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version="1.8.0"))
names = {2003: "compliance_finding", 2004: "detection_finding"}
json.dump({uid: schema.get_class_schema(class_name=name, profiles=["cloud"]) for uid, name in names.items()}, sys.stdout)
`;
const official = z.record(z.string(), z.record(z.string(), z.unknown()));
const event = z.looseObject({ class_uid: z.number(), activity_id: z.number(), type_uid: z.number() });

const validators = new Map<number, ValidateFunction>();

beforeAll(async () => {
  const python = await provision();
  const text = execFileSync(python, ['-c', script], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  // Some of the schema's patterns are no expressions in Unicode mode.
  const ajv = new Ajv2020({ strict: false, allErrors: true, unicodeRegExp: false });
  for (const [uid, schema] of Object.entries(official.parse(JSON.parse(text)))) {
    validators.set(Number(uid), ajv.compile(schema));
  }
});

function eventsOf(audit: AuditResult) {
  return renderOcsf(audit)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => event.parse(JSON.parse(line)));
}

describe('OCSF against the official schema', () => {
  test.each(machineResults())('%s', (_name, audit) => {
    expect([...validators.keys()]).toEqual([2003, 2004]);
    for (const one of eventsOf(audit)) {
      const validate = validators.get(one.class_uid);
      expect(validate?.(one)).toBe(true);
      expect(validate?.errors).toBeNull();
      expect(one.type_uid).toBe(one.class_uid * 100 + one.activity_id);
    }
  });

  test('the schemas themselves refuse what is wrong', () => {
    const [one] = eventsOf(incidentResult()).filter(({ class_uid }) => class_uid === 2004);
    const validate = validators.get(2004);
    expect(validate?.(one)).toBe(true);
    expect(validate?.({ ...one, invented: 1 })).toBe(false);
    expect(validate?.({ ...one, severity_id: 17 })).toBe(false);
    expect(validate?.({ ...one, finding_info: {} })).toBe(false);
  });
});
