import { createLogGuard } from '../report/github/log-guard.ts';

export function runsOnGithub(): boolean {
  return process.env['GITHUB_ACTIONS'] === 'true';
}

type Callback = (error?: Error | null) => void;
type WriteLine = (line: string) => void;

/** From here on nothing that the stream is given can be a workflow command. Returns the way around it, for our own. */
function guard(stream: NodeJS.WriteStream): WriteLine {
  const write = stream.write.bind(stream);
  const safe = createLogGuard();
  stream.write = (chunk: string | Uint8Array, how?: BufferEncoding | Callback, done?: Callback): boolean => {
    const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    const encoding = typeof how === 'string' ? how : undefined;
    return write(safe(text), encoding, typeof how === 'function' ? how : done);
  };
  return (line) => {
    write(`${line}\n`);
  };
}

let ownLine: WriteLine | null = null;

/** On GitHub every line of the log could be a command, and names from AWS stand in many lines: none of them is one. */
export function guardLog(): void {
  if (runsOnGithub() && ownLine === null) {
    ownLine = guard(process.stdout);
    guard(process.stderr);
  }
}

/** Writes a line that the runner is to carry out. */
export function workflowCommand(line: string): void {
  guardLog();
  ownLine?.(line);
}
