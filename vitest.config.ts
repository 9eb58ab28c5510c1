import { defineConfig } from 'vitest/config';
import { findPostgres15 } from './tests/postgres-15.ts';

/** What asks a database is asked of both servers. The backup's own tests go from one to the other by themselves. */
const onOldestServer = {
  extends: true,
  test: {
    name: 'postgresql-15',
    globalSetup: ['tests/postgres-15.setup.ts'],
    include: ['src/**/*.{api,store}.test.ts', 'tests/*.api.test.ts'],
    exclude: ['src/apps/server/backup.api.test.ts'],
  },
} as const;

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // A page that loads while two journeys share the machine takes longer than the second that is the default.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'bundled',
          globalSetup: ['tests/database.setup.ts'],
          include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
        },
      },
      ...(findPostgres15() ? [onOldestServer] : []),
    ],
  },
});
