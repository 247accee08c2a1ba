import { z } from 'zod';
import { auditResultSchema } from '../model/audit-result.ts';

/** The committed JSON Schema of result.json, made from its one zod source. */
export function resultSchemaText(): string {
  const schema = {
    $id: 'urn:afterleak:schema:result-1',
    title: 'afterleak audit result, version 1',
    ...z.toJSONSchema(auditResultSchema),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
