-- The daily close 日结 (MN8): counted against the ledger, handed over, sealed and chained; and surprise counts of a drawer.
-- A row is made by the first count; until then a day is open.
create table daily_closes (
  community_id uuid not null references communities,
  id uuid not null,
  code text not null,
  cashier_id uuid not null references accounts,
  -- The day whose close it is; takings after the cut-off are in the next one.
  day date not null,
  state text not null check (state in ('counted', 'handed-over', 'sealed')),
  cash jsonb not null,
  slips jsonb not null,
  lines jsonb not null,
  blank_receipts jsonb not null,
  receipts jsonb not null,
  counted_at timestamptz not null,
  received_by uuid references accounts,
  handed_over_at timestamptz,
  slip_kind text check (slip_kind in ('deposit-slip', 'transfer-record')),
  slip_number text,
  -- What the hand-over posted: differences, and the money that left the drawer.
  entry_ids uuid[] not null default '{}',
  sealed_by uuid references accounts,
  sealed_at timestamptz,
  -- Its place in the chain of the community, from 1.
  seal_no int check (seal_no > 0),
  seal text,
  sealed jsonb,
  version int not null default 1,
  primary key (community_id, id),
  unique (community_id, code),
  -- Two who close one day at once: one does.
  unique (community_id, cashier_id, day),
  unique (community_id, seal_no),
  check ((state = 'counted') = (received_by is null)),
  check ((received_by is null) = (handed_over_at is null) and (received_by is null) = (slip_kind is null)
    and (received_by is null) = (slip_number is null)),
  check ((state = 'sealed') = (sealed_at is not null)),
  check ((sealed_at is null) = (seal_no is null) and (sealed_at is null) = (seal is null) and (sealed_at is null) = (sealed is null)
    and (sealed_at is null) = (sealed_by is null)),
  check (received_by is distinct from cashier_id and sealed_by is distinct from cashier_id)
);
create index daily_closes_by_day on daily_closes (community_id, day, id);

create table daily_close_events (
  community_id uuid not null,
  id uuid not null,
  close_id uuid not null,
  move text not null check (move in ('count', 'hand-over', 'seal')),
  at timestamptz not null,
  by_id uuid not null references accounts,
  primary key (community_id, id),
  foreign key (community_id, close_id) references daily_closes (community_id, id)
);
create index daily_close_events_by_close on daily_close_events (community_id, close_id, id);

-- Drawn signatures: what may be erased one day.
create table daily_close_signatures (
  community_id uuid not null,
  close_id uuid not null,
  role text not null check (role in ('cashier', 'receiver')),
  drawing text not null,
  primary key (community_id, close_id, role),
  foreign key (community_id, close_id) references daily_closes (community_id, id)
);

-- Finance looks into a drawer unannounced 突击盘点.
create table surprise_counts (
  community_id uuid not null references communities,
  id uuid not null,
  cashier_id uuid not null references accounts,
  at timestamptz not null,
  cash jsonb not null,
  slips jsonb not null,
  lines jsonb not null,
  blank_receipts jsonb not null,
  note text not null,
  inspected_by uuid not null references accounts,
  cashier_signature text not null,
  primary key (community_id, id),
  check (inspected_by <> cashier_id)
);
create index surprise_counts_by_time on surprise_counts (community_id, at, id);

-- A sealed close stays as it was sealed, and no entry comes into its day.
create function keep_sealed_close() returns trigger language plpgsql as $$
begin
  if old.state = 'sealed' then
    raise exception 'a sealed close does not change' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger keep_sealed_close before update or delete on daily_closes for each row execute function keep_sealed_close();

create function refuse_entry_into_sealed_day() returns trigger language plpgsql as $$
begin
  if new.cashier_id is not null and exists (
    select from daily_closes c where c.community_id = new.community_id and c.cashier_id = new.cashier_id and c.day = new.close_on
      and c.state = 'sealed') then
    raise exception 'the day % of this cashier is sealed', new.close_on using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refuse_entry_into_sealed_day before insert on ledger_entries
  for each row execute function refuse_entry_into_sealed_day();
