// Some registries and mirrors do not offer the prebuilt packages of other platforms. npm then leaves them out of the
// lock file, and `npm ci` refuses it everywhere. This adds the missing entries, so that the lock file installs on every
// platform that the packages themselves support. Run it after `npm install <package>`.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32'];
const processors = [
  'loong64',
  'riscv64',
  'mips64el',
  's390x',
  'arm64',
  'ppc64',
  'ia32',
  'x64',
  'wasm32',
  'arm',
];

/** Platform packages carry their platform in their name: `@scope/tool-linux-arm64-musl`. */
function platformOf(name) {
  const parts = name.slice(name.lastIndexOf('/') + 1).split('-');
  const os = systems.find((system) => parts.includes(system));
  const cpu = processors.find((processor) => parts.includes(processor));
  const libc = parts.includes('musl') || parts.includes('musleabihf') ? 'musl' : undefined;
  const glibc = parts.includes('gnu') || parts.includes('gnueabihf') ? 'glibc' : undefined;
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...((libc ?? glibc) === undefined ? {} : { libc: [libc ?? glibc] }),
    ...(os === undefined ? {} : { os: [os] }),
  };
}

function isPresent(parent, name) {
  for (let at = parent; ; at = at.slice(0, at.lastIndexOf('/node_modules/'))) {
    if (lock.packages[`${at}/node_modules/${name}`] !== undefined) {
      return true;
    }
    if (!at.includes('/node_modules/')) {
      return lock.packages[`node_modules/${name}`] !== undefined;
    }
  }
}

let added = 0;
for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!isPresent(parent, name) && /^\d+\.\d+\.\d+/.test(range)) {
      lock.packages[`node_modules/${name}`] = {
        version: range,
        ...platformOf(name),
        ...(entry.dev === true ? { dev: true } : {}),
        license: entry.license,
        optional: true,
      };
      added += 1;
    }
  }
}
const sorted = Object.fromEntries(
  Object.entries(lock.packages).sort(([left], [right]) => (left < right ? -1 : 1)),
);
writeFileSync(path, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
process.stdout.write(`${added} platform packages added to package-lock.json\n`);
