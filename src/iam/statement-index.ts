import type { PolicyDocument, Statement } from '../model/policy-document.ts';
import { compileGlob, type Glob, globContains, literalGlob } from './glob.ts';
import { hasVariables, type ResolvedPattern } from './policy-variables.ts';

/** Variables are text in documents of 2008-10-17, which is also what AWS assumes where no version stands. */
export const usesVariables = (document: PolicyDocument): boolean => document.version === '2012-10-17';

interface ActionPatterns {
  readonly exact: ReadonlySet<string>;
  readonly globs: readonly Glob[];
}

interface CompiledStatement {
  readonly statement: Statement;
  readonly actions: ActionPatterns | null;
  readonly notActions: ActionPatterns | null;
  /** Null: some pattern holds a variable and must be resolved for each request. */
  readonly resources: readonly ResolvedPattern[] | null;
}

const compileActions = (actions: readonly string[] | null): ActionPatterns | null => {
  if (actions === null) {
    return null;
  }
  const lower = actions.map((action) => action.toLowerCase());
  const isPattern = (action: string): boolean => action.includes('*') || action.includes('?');
  return {
    exact: new Set(lower.filter((action) => !isPattern(action))),
    globs: lower.filter(isPattern).map(compileGlob),
  };
};

const compileResources = (statement: Statement, variables: boolean): readonly ResolvedPattern[] | null => {
  const patterns = statement.resources ?? statement.notResources ?? [];
  return variables && patterns.some(hasVariables)
    ? null
    : patterns.map((pattern) => ({ glob: compileGlob(pattern), certain: true }));
};

const matchesPatterns = (patterns: ActionPatterns, action: string, glob: Glob): boolean =>
  patterns.exact.has(action) || patterns.globs.some((pattern) => globContains(pattern, glob));

/** A statement whose action elements are malformed may be about any action. */
const coversAction = (compiled: CompiledStatement, action: string, glob: Glob): boolean => {
  if (compiled.actions !== null && compiled.notActions === null) {
    return (
      matchesPatterns(compiled.actions, action, glob) || compiled.statement.unsupported.includes('Action')
    );
  }
  if (compiled.notActions !== null && compiled.actions === null) {
    return (
      !matchesPatterns(compiled.notActions, action, glob) ||
      compiled.statement.unsupported.includes('NotAction')
    );
  }
  return true;
};

/** The actions asked about are few and come again for every document. */
const mostActions = 1000;
const actionGlobs = new Map<string, Glob>();

const globOf = (action: string): Glob => {
  const known = actionGlobs.get(action);
  if (known) {
    return known;
  }
  const glob = literalGlob(action);
  if (actionGlobs.size < mostActions) {
    actionGlobs.set(action, glob);
  }
  return glob;
};

interface DocumentIndex {
  readonly statements: readonly CompiledStatement[];
  readonly byAction: Map<string, readonly CompiledStatement[]>;
}

/** Documents are immutable and shared by many principals: each is compiled once, each action looked up once. */
const indexes = new WeakMap<PolicyDocument, DocumentIndex>();

const indexOf = (document: PolicyDocument): DocumentIndex => {
  const known = indexes.get(document);
  if (known) {
    return known;
  }
  const variables = usesVariables(document);
  const index: DocumentIndex = {
    statements: document.statements.map((statement) => ({
      statement,
      actions: compileActions(statement.actions),
      notActions: compileActions(statement.notActions),
      resources: compileResources(statement, variables),
    })),
    byAction: new Map(),
  };
  indexes.set(document, index);
  return index;
};

/** The statements of a document that speak about an action (given in lower case). */
export const statementsAbout = (document: PolicyDocument, action: string): readonly CompiledStatement[] => {
  const index = indexOf(document);
  const known = index.byAction.get(action);
  if (known) {
    return known;
  }
  const glob = globOf(action);
  const found = index.statements.filter((compiled) => coversAction(compiled, action, glob));
  index.byAction.set(action, found);
  return found;
};
