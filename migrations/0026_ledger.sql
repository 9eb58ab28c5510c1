-- The ledger 账 (MN1–MN8): entries whose lines sum to nothing, and the charges 应收 that they carry. All of it is only ever
-- added to; what was wrong is undone by an opposite entry, once.
create table ledger_entries (
  community_id uuid not null references communities,
  id uuid not null,
  kind text not null check (kind in ('charge', 'change', 'payment', 'prepaid-use', 'refund', 'waiver', 'deposit-take',
    'deposit-deduct', 'deposit-refund', 'hand-over', 'close-difference', 'reversal')),
  posted_at timestamptz not null,
  -- The calendar day in the books, and, where a cashier's drawer is touched, the day whose close it falls into.
  posted_on date not null,
  cashier_id uuid references accounts,
  close_on date,
  posted_by uuid not null references accounts,
  reverses_id uuid,
  -- Said ahead, so that an entry is whole at its commit and no line can join it afterwards.
  line_count int not null check (line_count >= 2),
  debit_fen bigint not null check (debit_fen > 0),
  primary key (community_id, id),
  -- Nothing is undone twice.
  unique (community_id, reverses_id),
  foreign key (community_id, reverses_id) references ledger_entries (community_id, id),
  check ((kind = 'reversal') = (reverses_id is not null)),
  check ((cashier_id is null) = (close_on is null))
);
-- Books of a month, exports.
create index ledger_entries_by_day on ledger_entries (community_id, posted_on, id);
-- A cashier's drawer of a day: the daily close.
create index ledger_entries_by_close on ledger_entries (community_id, cashier_id, close_on) where cashier_id is not null;

create table charges (
  community_id uuid not null references communities,
  id uuid not null,
  entry_id uuid not null,
  unit_id uuid not null,
  -- The charge item of the price book; its row is made in the price book's own migration.
  item_id uuid not null,
  kind text not null check (kind in ('management', 'water', 'electricity', 'gas', 'heating', 'parking', 'renovation-deposit',
    'card-deposit', 'service', 'repair', 'late-fee', 'other')),
  payer_role text not null check (payer_role in ('owner', 'lessee', 'developer')),
  payer_id uuid,
  -- Null: charged once, not for a month (a repair, a paid service).
  month text check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  due_on date not null,
  -- Below zero: the opposite row of a charge that was found wrong.
  amount_fen bigint not null check (amount_fen <> 0),
  -- With all that it came from; null for what was charged once.
  detail jsonb,
  -- A late fee: of which charge.
  of_charge_id uuid,
  case_id uuid,
  billing_run_id uuid,
  -- The first charge of its unit, item, month and payer is 1; the next may come only after the one before was undone.
  nth int not null default 1 check (nth > 0),
  reverses_id uuid,
  posted_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, reverses_id),
  unique (community_id, entry_id),
  foreign key (community_id, entry_id) references ledger_entries (community_id, id),
  foreign key (community_id, unit_id) references units (community_id, id),
  foreign key (community_id, payer_id) references parties (community_id, id),
  foreign key (community_id, of_charge_id) references charges (community_id, id),
  foreign key (community_id, case_id) references cases (community_id, id),
  foreign key (community_id, reverses_id) references charges (community_id, id),
  check ((amount_fen < 0) = (reverses_id is not null)),
  check ((kind = 'late-fee') = (of_charge_id is not null)),
  check (detail is null or month is not null)
);
-- The same unit, item, month and payer are charged once (MN2).
create unique index charges_once on charges (community_id, unit_id, item_id, month, payer_role, payer_id, nth)
  nulls not distinct where reverses_id is null and month is not null and of_charge_id is null;
create index charges_by_unit on charges (community_id, unit_id, due_on);
create index charges_by_month on charges (community_id, month, item_id);
create index charges_by_late_fee on charges (community_id, of_charge_id) where of_charge_id is not null;
create index charges_by_case on charges (community_id, case_id) where case_id is not null;

create table ledger_lines (
  community_id uuid not null,
  entry_id uuid not null,
  place int not null check (place >= 0),
  account text not null,
  -- Above zero a debit, below zero a credit.
  amount_fen bigint not null check (amount_fen <> 0),
  unit_id uuid,
  charge_id uuid,
  item_id uuid,
  deposit_id uuid,
  cashier_id uuid references accounts,
  primary key (community_id, entry_id, place),
  foreign key (community_id, entry_id) references ledger_entries (community_id, id),
  foreign key (community_id, unit_id) references units (community_id, id),
  foreign key (community_id, charge_id) references charges (community_id, id),
  -- Which ids a line carries follows from its account.
  constraint ledger_lines_ids check (case
    when account in ('cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online', 'handed-over', 'cash-short', 'cash-over')
      then cashier_id is not null and unit_id is null and charge_id is null and deposit_id is null
    when account = 'receivable' then unit_id is not null and charge_id is not null and item_id is not null and deposit_id is null and cashier_id is null
    when account = 'prepaid' then unit_id is not null and charge_id is null and deposit_id is null and cashier_id is null
    when account = 'deposit' then unit_id is not null and deposit_id is not null and charge_id is null and cashier_id is null
    when account in ('income', 'waived') then item_id is not null and charge_id is null and deposit_id is null and cashier_id is null
    else false end)
);
-- What is open of a charge; what a unit owes and has paid ahead; what is held as a deposit.
create index ledger_lines_by_charge on ledger_lines (community_id, charge_id) include (amount_fen) where account = 'receivable';
create index ledger_lines_by_unit on ledger_lines (community_id, unit_id) include (account, charge_id, amount_fen) where unit_id is not null;
create index ledger_lines_by_deposit on ledger_lines (community_id, deposit_id) include (amount_fen) where account = 'deposit';

create function refuse_line_beyond_entry() returns trigger language plpgsql as $$
declare
  said int;
begin
  select line_count into said from ledger_entries where community_id = new.community_id and id = new.entry_id;
  if said is null or new.place >= said then
    raise exception 'an entry takes no line beyond those it said it has' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refuse_line_beyond_entry before insert on ledger_lines for each row execute function refuse_line_beyond_entry();

-- At the commit every place is taken, the debits are what was said and the lines sum to nothing.
create function refuse_unbalanced_entry() returns trigger language plpgsql as $$
declare
  found record;
begin
  select count(*) as lines, coalesce(sum(amount_fen), 0) as total, coalesce(sum(amount_fen) filter (where amount_fen > 0), 0) as debit
    into found from ledger_lines where community_id = new.community_id and entry_id = new.id;
  if found.lines <> new.line_count or found.total <> 0 or found.debit <> new.debit_fen then
    raise exception 'entry % is out of balance: % lines, sum %, debits %', new.id, found.lines, found.total, found.debit
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger refuse_unbalanced_entry after insert on ledger_entries deferrable initially deferred
  for each row execute function refuse_unbalanced_entry();

-- Whoever owns the tables can't change what was posted either, short of taking this away first.
create function refuse_change_of_ledger() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is only ever added to' using errcode = 'insufficient_privilege';
end $$;
create trigger refuse_change before update or delete on ledger_entries for each row execute function refuse_change_of_ledger();
create trigger refuse_change before update or delete on ledger_lines for each row execute function refuse_change_of_ledger();
create trigger refuse_change before update or delete on charges for each row execute function refuse_change_of_ledger();
