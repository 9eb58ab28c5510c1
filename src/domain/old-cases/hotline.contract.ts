// An old matter 旧事项 as it is taken in, and what is wrong with a line of a hotline's list.
import type { Instant } from '../../kernel/time.ts';
import type { Channel } from '../cases/case.contract.ts';

export type OldKind = 'complaint' | 'enquiry' | 'suggestion';

/** An old matter to be filed: no clock, nobody told. */
export type OldCase = {
  /** The natural key for a second run. */
  sourceKey: string;
  kind: OldKind;
  channel: Channel;
  receivedAt: Instant;
  text: string;
  contactName: string | null;
  /** What was answered then. */
  reply: string | null;
  origin: {
    source: 'hotline' | 'list';
    kind: string | null;
    channel: string | null;
    anonymous: boolean | null;
    transfers: number | null;
  };
};

export type HotlineFault = {
  line: number;
  code: 'not_json' | 'id' | 'duplicate' | 'kind' | 'channel' | 'date' | 'identity' | 'transfers' | 'text';
};
