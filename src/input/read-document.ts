import { readFile } from 'node:fs/promises';
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import type { z } from 'zod';
import { InputError } from './input-error.ts';

/** Larger than any hand-written file; a bound so that a wrong path cannot fill the memory. */
const maximumBytes = 16 * 1024 * 1024;

async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new InputError(`cannot read ${path}`, 'Check the path and that you may read the file.', {
      cause: error,
    });
  }
  if (bytes.length > maximumBytes) {
    throw new InputError(`${path} is larger than 16 MiB`, 'Is this the right file?');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InputError(`${path} is not UTF-8 text`, 'Save it as UTF-8.', { cause: error });
  }
}

function nodeAt(document: Document, path: readonly PropertyKey[]): Node | null {
  let node: unknown = document.contents;
  for (const part of path) {
    if (!isCollection(node)) {
      break;
    }
    const child: unknown = node.get(part, true);
    if (!isNode(child)) {
      break;
    }
    node = child;
  }
  return isNode(node) ? node : null;
}

/** Unquoted numbers where an account id is meant would lose their leading zero: they are errors, never guesses. */
function numbersWithLeadingZero(document: Document, counter: LineCounter): string | null {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (isScalar(node)) {
      if (typeof node.value === 'number' && /^0\d/.test(node.source ?? '')) {
        const line = counter.linePos(node.range?.[0] ?? 0).line;
        found.push(`line ${line}: ${node.source} must be quoted, or its leading zero is lost`);
      }
    } else if (isMap(node)) {
      for (const pair of node.items) {
        visit(pair.key);
        visit(pair.value);
      }
    } else if (isCollection(node)) {
      for (const item of node.items) {
        visit(item);
      }
    }
  };
  visit(document.contents);
  return found[0] ?? null;
}

/**
 * Reads a YAML or JSON file that a person wrote and validates it.
 * @throws InputError naming file, line, field and what was expected.
 */
export async function readDocument<Output>(
  path: string,
  schema: z.ZodType<Output>,
  hint: string,
): Promise<Output> {
  const text = await readText(path);
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const syntax = document.errors[0];
  if (syntax !== undefined) {
    const line = syntax.linePos?.[0].line ?? 1;
    throw new InputError(`${path}:${line}: ${syntax.message.split('\n')[0] ?? 'not YAML'}`, hint);
  }
  const zero = numbersWithLeadingZero(document, counter);
  if (zero !== null) {
    throw new InputError(`${path}: ${zero}`, hint);
  }
  const result = schema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (result.success) {
    return result.data;
  }
  const issue = result.error.issues[0];
  const where = issue?.path ?? [];
  const line = counter.linePos(nodeAt(document, where)?.range?.[0] ?? 0).line;
  const field = where.length === 0 ? 'the file' : where.map(String).join('.');
  throw new InputError(`${path}:${line}: ${field}: ${issue?.message ?? 'not valid'}`, hint);
}
