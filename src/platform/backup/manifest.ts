// What a backup says of itself: what it holds, of which program and schema, under which key, and each entry's checksum.
import { z } from 'zod';
import { wrappedKeySchema } from './key-wrap.ts';

export const manifestName = 'manifest.json';
export const newestFormat = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const manifestSchema = z.object({
  format: z.int(),
  product: z.literal('guanjia'),
  program: z.string(),
  takenAt: z.string(),
  /** Of the server it was taken from; it goes into any other from the oldest supported on. */
  serverVersion: z.string(),
  migrations: z.array(z.object({ number: z.int(), name: z.string(), sha256 })).min(1),
  key: z.object({ fingerprint: z.string(), wrapped: wrappedKeySchema.nullable() }),
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(z.string()).min(1), rows: z.int(), parts: z.array(z.string()) }),
  ),
  /** Tables whose rows stay behind on purpose: sessions and the like. */
  leftOut: z.array(z.string()),
  /** `last` as text: it may be beyond 2^53. Null: never used. */
  sequences: z.array(z.object({ table: z.string(), column: z.string(), last: z.string().nullable() })),
  objects: z.array(z.string()),
  /** Named by a row but not found in the store; a gap of the store must not stop the backup of the rest. */
  missingObjects: z.array(z.string()),
  /** What the business wants to find again beside its rows: the heads of the audit chains. */
  notes: z.record(z.string(), z.unknown()),
  entries: z.array(z.object({ name: z.string(), bytes: z.int(), sha256 })),
});
export type Manifest = z.infer<typeof manifestSchema>;
