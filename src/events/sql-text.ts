/** A text literal of standard SQL: quotes are doubled, nothing else has a meaning in it. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function sqlList(texts: readonly string[]): string {
  return texts.map(sqlText).join(', ');
}

/** A quoted name of standard SQL. */
export function sqlIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal of Hive's DDL, where a backslash escapes. */
export function hiveText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function hiveIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
