-- The counter 收费 (MN5–MN7, MN10, MN11): receipt books and their numbers, payments, deposits, waivers. What was said stays:
-- a receipt and a payment are never changed, their states are the events and the opposite entries that came after.
create table receipt_books (
  community_id uuid not null references communities,
  id uuid not null,
  series text not null check (series ~ '^[A-Z0-9]{1,6}$'),
  from_number int not null check (from_number >= 1),
  to_number int not null check (to_number between from_number and 9999999),
  -- One more than the last where none is left.
  next_number int not null,
  holder_id uuid not null references accounts,
  -- MN5a: what is collected at the door has a book of its own.
  used_at text not null check (used_at in ('counter', 'doorstep')),
  state text not null check (state in ('issued', 'in-use', 'used-up', 'taken-back')),
  last_issued_at timestamptz,
  version int not null check (version > 0),
  primary key (community_id, id),
  check (next_number between from_number and to_number + 1),
  check ((state in ('used-up', 'taken-back')) = (next_number > to_number))
);
create index receipt_books_by_holder on receipt_books (community_id, holder_id, state);
create index receipt_books_by_series on receipt_books (community_id, series, to_number);

-- Custody 收旧发新: who gave it out, gave it up, took it back, and how many were left.
create table receipt_book_events (
  community_id uuid not null,
  id uuid not null,
  book_id uuid not null,
  action text not null check (action in ('issue', 'close-out', 'take-back')),
  at timestamptz not null,
  by_id uuid not null references accounts,
  left_count int not null check (left_count >= 0),
  reason text not null,
  primary key (community_id, id),
  foreign key (community_id, book_id) references receipt_books (community_id, id),
  check ((action = 'close-out') = (reason <> ''))
);
create index receipt_book_events_by_book on receipt_book_events (community_id, book_id, id);

create table receipts (
  community_id uuid not null,
  id uuid not null,
  book_id uuid not null,
  series text not null,
  number int not null,
  -- A blank one that was spoiled or given up has no source; it is voided from the start.
  kind text not null check (kind in ('payment', 'deposit', 'blank')),
  source_id uuid,
  -- The voided one in whose place it was written.
  replaces_id uuid,
  lines jsonb not null,
  amount_fen bigint not null check (amount_fen >= 0 and amount_fen < 1000000000000),
  methods text[] not null,
  cashier_id uuid not null references accounts,
  issued_at timestamptz not null,
  primary key (community_id, id),
  -- Every number once, whatever the program believes.
  unique (community_id, series, number),
  unique (community_id, replaces_id),
  foreign key (community_id, book_id) references receipt_books (community_id, id),
  foreign key (community_id, replaces_id) references receipts (community_id, id),
  check ((kind = 'blank') = (source_id is null)),
  check ((kind = 'blank') = (amount_fen = 0))
);
-- One receipt for each money taken; a second only in the place of a voided one.
create unique index receipts_once on receipts (community_id, source_id) where source_id is not null and replaces_id is null;
create index receipts_by_book on receipts (community_id, book_id, number);
create index receipts_by_source on receipts (community_id, source_id) where source_id is not null;
create index receipts_by_cashier on receipts (community_id, cashier_id, issued_at);

create table receipt_events (
  community_id uuid not null,
  id uuid not null,
  receipt_id uuid not null,
  action text not null check (action in ('void', 'reverse', 'print')),
  at timestamptz not null,
  by_id uuid not null references accounts,
  primary key (community_id, id),
  foreign key (community_id, receipt_id) references receipts (community_id, id)
);
create unique index receipt_events_one_end on receipt_events (community_id, receipt_id) where action in ('void', 'reverse');
create index receipt_events_by_receipt on receipt_events (community_id, receipt_id);

-- Names and free words: what may be erased one day.
create table receipt_texts (
  community_id uuid not null,
  receipt_id uuid not null,
  payer text,
  reason text,
  primary key (community_id, receipt_id),
  foreign key (community_id, receipt_id) references receipts (community_id, id)
);

create table payments (
  community_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  unit_id uuid not null,
  payer_id uuid,
  amount_fen bigint not null check (amount_fen > 0 and amount_fen < 1000000000000),
  prepaid_fen bigint not null check (prepaid_fen >= 0),
  tendered_fen bigint check (tendered_fen > 0),
  change_fen bigint not null check (change_fen >= 0),
  taken_at text not null check (taken_at in ('counter', 'doorstep')),
  cashier_id uuid not null references accounts,
  at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, entry_id),
  foreign key (community_id, entry_id) references ledger_entries (community_id, id),
  foreign key (community_id, unit_id) references units (community_id, id),
  foreign key (community_id, payer_id) references parties (community_id, id)
);
create index payments_by_unit on payments (community_id, unit_id, id);
create index payments_by_cashier on payments (community_id, cashier_id, at);

create table payment_notes (
  community_id uuid not null,
  payment_id uuid not null,
  note text not null,
  primary key (community_id, payment_id),
  foreign key (community_id, payment_id) references payments (community_id, id)
);

-- MN7: asked for, approved by another, done by finance; what it did is the opposite entry.
create table payment_reversals (
  community_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  approval_id uuid,
  asked_by uuid not null references accounts,
  asked_at timestamptz not null,
  state text not null check (state in ('asked', 'approved', 'refused', 'done')),
  approved_by uuid references accounts,
  done_by uuid references accounts,
  done_at timestamptz,
  entry_id uuid,
  reason text not null,
  primary key (community_id, id),
  foreign key (community_id, payment_id) references payments (community_id, id),
  foreign key (community_id, entry_id) references ledger_entries (community_id, id),
  check ((state = 'done') = (entry_id is not null)),
  check (state not in ('approved', 'done') or approved_by is not null)
);
create unique index payment_reversals_live on payment_reversals (community_id, payment_id) where state <> 'refused';

create table deposits (
  community_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  item_id uuid not null,
  kind text not null check (kind in ('renovation-deposit', 'card-deposit')),
  payer_id uuid,
  entry_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0 and amount_fen < 1000000000000),
  method text not null,
  cashier_id uuid not null references accounts,
  taken_at timestamptz not null,
  note text not null,
  -- What has to be done before it goes back.
  obligations text[] not null,
  version int not null check (version > 0),
  primary key (community_id, id),
  unique (community_id, entry_id),
  foreign key (community_id, entry_id) references ledger_entries (community_id, id),
  foreign key (community_id, unit_id) references units (community_id, id),
  foreign key (community_id, payer_id) references parties (community_id, id)
);
create index deposits_by_unit on deposits (community_id, unit_id, id);

-- A deposit's row names its entry, the entry's line the deposit: whichever is first waits for the other.
alter table ledger_lines add foreign key (community_id, deposit_id) references deposits (community_id, id) deferrable initially deferred;

create table deposit_events (
  community_id uuid not null,
  id uuid not null,
  deposit_id uuid not null,
  action text not null check (action in ('meet', 'deduct', 'refund')),
  obligation text,
  entry_id uuid,
  amount_fen bigint check (amount_fen > 0),
  at timestamptz not null,
  by_id uuid not null references accounts,
  reason text not null,
  primary key (community_id, id),
  unique (community_id, entry_id),
  foreign key (community_id, deposit_id) references deposits (community_id, id),
  foreign key (community_id, entry_id) references ledger_entries (community_id, id),
  check ((action = 'meet') = (obligation is not null)),
  check ((action = 'meet') = (entry_id is null)),
  check ((action = 'meet') = (amount_fen is null))
);
create index deposit_events_by_deposit on deposit_events (community_id, deposit_id, id);

-- MN11: asked for with the written approval scanned; what it did is an entry of its own.
create table waivers (
  community_id uuid not null,
  id uuid not null,
  charge_id uuid not null,
  unit_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  reason text not null,
  attachment_ids uuid[] not null,
  asked_by uuid not null references accounts,
  asked_at timestamptz not null,
  state text not null check (state in ('asked', 'granted', 'refused')),
  decided_by uuid references accounts,
  decided_at timestamptz,
  entry_id uuid,
  primary key (community_id, id),
  unique (community_id, entry_id),
  foreign key (community_id, charge_id) references charges (community_id, id),
  foreign key (community_id, unit_id) references units (community_id, id),
  foreign key (community_id, entry_id) references ledger_entries (community_id, id),
  check ((state = 'granted') = (entry_id is not null))
);
create index waivers_by_unit on waivers (community_id, unit_id, id);
create unique index waivers_live on waivers (community_id, charge_id) where state = 'asked';
