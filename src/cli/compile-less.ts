import { setFlagsFromString } from 'node:v8';

/** Releases of V8 that know the setting; another would complain about it. */
const [oldest, newest] = [11, 14];

/**
 * A run takes seconds. With what it calls copied into it, a function takes longer to compile than the copies save in
 * that time, and every thread compiles its own: a fifth of the reading of a log was compiling. A quarter of the usual
 * room for copies takes most of that away (`npm run bench:trail`); what was measured of sweeps and reports is as
 * fast as before or faster.
 */
export function compileLess(): void {
  const release = Number(process.versions.v8.split('.')[0]);
  if (release >= oldest && release <= newest) {
    setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
  }
}
