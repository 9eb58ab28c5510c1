// The only file that reads the environment: what an operator can set (docs/operate.md lists it).
import { resolve } from 'node:path';
import { Refusal } from '../kernel/refusal.ts';

export type Config = {
  port: number;
  host: string;
  dataDir: string;
  /** Empty: the bundled database in `dataDir`. */
  databaseUrl: string | null;
  databaseAppUrl: string | null;
  secretKeyFile: string;
  tls: { certFile: string; keyFile: string } | null;
  trustProxy: boolean;
  demoPassword: string | null;
  /** `true` while the product's own tests run: a throw-away database need not survive a power cut. */
  isTest: boolean;
  metrics: boolean;
  /** Messages may go to loopback and private addresses, and in plain text: for tests and drills. */
  mayReachPrivate: boolean;
  logLevel: string;
};

const flag = (text: string | undefined) => text === '1' || text === 'true' || text === 'on';

export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const dataDir = resolve(env.DATA_DIR || './data');
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Refusal('config.bad_port', { read: env.PORT ?? '' });
  if (Boolean(env.TLS_CERT_FILE) !== Boolean(env.TLS_KEY_FILE)) throw new Refusal('config.tls_needs_both_files');
  return {
    port,
    host: env.HOST || '127.0.0.1',
    dataDir,
    databaseUrl: env.DATABASE_URL || null,
    databaseAppUrl: env.DATABASE_APP_URL || null,
    secretKeyFile: resolve(env.SECRET_KEY_FILE || `${dataDir}/keys/secret.key`),
    tls: env.TLS_CERT_FILE && env.TLS_KEY_FILE ? { certFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE } : null,
    trustProxy: flag(env.TRUST_PROXY),
    demoPassword: env.DEMO_PASSWORD || null,
    isTest: flag(env.GUANJIA_TEST),
    metrics: flag(env.METRICS),
    mayReachPrivate: flag(env.OUTBOUND_PRIVATE),
    logLevel: env.LOG_LEVEL || 'info',
  };
}
