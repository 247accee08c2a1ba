import { resolve } from 'node:path';

const rootDir = resolve(import.meta.dirname, '..');

const shared = {
  rootDir,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  injectGlobals: false,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/reports/'],
  transform: {
    '\\.ts$': [
      'babel-jest',
      {
        babelrc: false,
        configFile: false,
        presets: [['@babel/preset-typescript', { onlyRemoveTypeImports: true }]],
      },
    ],
  },
};

/** Unit tests need Node alone; the other projects start what they need (see CONTRIBUTING.md). */
export default {
  rootDir,
  coverageProvider: 'v8',
  // A busy machine is slow, not broken; nothing here measures time.
  testTimeout: 120_000,
  // ES modules of finished test files stay in a process for good: one process for all of them runs out of memory.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  reporters: ['default', '<rootDir>/test/support/summary-reporter.js'],
  projects: [
    {
      ...shared,
      displayName: 'unit',
      roots: ['<rootDir>/test'],
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/(emulator|browser|package)/'],
    },
    {
      ...shared,
      displayName: 'emulator',
      roots: ['<rootDir>/test/emulator'],
      testMatch: ['<rootDir>/test/emulator/**/*.test.ts'],
      globalSetup: '<rootDir>/test/emulator/global-setup.js',
      globalTeardown: '<rootDir>/test/emulator/global-teardown.js',
    },
    {
      ...shared,
      displayName: 'browser',
      roots: ['<rootDir>/test/browser'],
      testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'package',
      roots: ['<rootDir>/test/package'],
      testMatch: ['<rootDir>/test/package/**/*.test.ts'],
    },
  ],
};
