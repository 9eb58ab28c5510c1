-- Collection at the door 上门收费 (MN5a): appointments for those away by day, the cash that is carried from there until it is
-- handed in, and the alarms over money 资金报警 (MN6).
create table doorstep_collections (
  community_id uuid not null references communities,
  id uuid not null,
  unit_id uuid not null,
  collector_id uuid not null references accounts,
  at timestamptz not null,
  note text not null,
  state text not null check (state in ('appointed', 'collected', 'missed', 'cancelled')),
  payment_id uuid,
  reason text,
  made_by uuid not null references accounts,
  made_at timestamptz not null,
  ended_at timestamptz,
  version int not null check (version > 0),
  primary key (community_id, id),
  unique (community_id, payment_id),
  foreign key (community_id, unit_id) references units (community_id, id),
  foreign key (community_id, payment_id) references payments (community_id, id) deferrable initially deferred,
  check ((state = 'collected') = (payment_id is not null)),
  check ((state in ('missed', 'cancelled')) = (reason is not null)),
  check ((state = 'appointed') = (ended_at is null))
);
-- One appointment at a time for a household.
create unique index doorstep_collections_live on doorstep_collections (community_id, unit_id) where state = 'appointed';
create index doorstep_collections_by_time on doorstep_collections (community_id, at, id);

-- What a collector carries: from the first cash at a door to the hand-in. Its promise is the same day's.
create table doorstep_cash (
  community_id uuid not null references communities,
  id uuid not null,
  collector_id uuid not null references accounts,
  cash_fen bigint not null check (cash_fen > 0),
  payments int not null check (payments > 0),
  since timestamptz not null,
  due_at timestamptz not null,
  received_by uuid references accounts,
  handed_in_at timestamptz,
  counted_fen bigint check (counted_fen >= 0),
  reason text,
  primary key (community_id, id),
  check ((received_by is null) = (handed_in_at is null) and (received_by is null) = (counted_fen is null)),
  check (received_by is distinct from collector_id)
);
create unique index doorstep_cash_live on doorstep_cash (community_id, collector_id) where handed_in_at is null;
create index doorstep_cash_by_time on doorstep_cash (community_id, since, id);

create table money_alarms (
  community_id uuid not null references communities,
  id uuid not null,
  kind text not null check (kind in ('receipt-outside-range', 'amount-without-receipt', 'cash-above-limit', 'carried-above-limit',
    'carried-late', 'not-handed-in', 'book-running-out', 'surprise-difference')),
  -- What it is about, so that one thing is one alarm.
  subject text not null,
  about_id uuid references accounts,
  facts jsonb not null,
  at timestamptz not null,
  settled_by uuid references accounts,
  settled_at timestamptz,
  note text,
  primary key (community_id, id),
  unique (community_id, kind, subject),
  check ((settled_by is null) = (settled_at is null) and (settled_by is null) = (note is null))
);
create index money_alarms_open on money_alarms (community_id, at) where settled_at is null;
