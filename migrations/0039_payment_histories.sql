-- Payments taken elsewhere 缴费历史, before the change-over: each line of the other system's list as it said it, and charges that
-- stand for it, paid, balanced against an opening account. No receipt of ours; taken back by opposite entries.
alter table ledger_entries drop constraint ledger_entries_kind_check;
alter table ledger_entries add constraint ledger_entries_kind_check check (kind in ('charge', 'change', 'payment', 'prepaid-use',
  'refund', 'waiver', 'deposit-take', 'deposit-deduct', 'deposit-refund', 'hand-over', 'close-difference', 'opening', 'reversal'));

alter table ledger_lines drop constraint ledger_lines_ids;
alter table ledger_lines add constraint ledger_lines_ids check (case
  when account in ('cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online', 'handed-over', 'cash-short', 'cash-over')
    then cashier_id is not null and unit_id is null and charge_id is null and deposit_id is null
  when account = 'receivable' then unit_id is not null and charge_id is not null and item_id is not null and deposit_id is null and cashier_id is null
  when account = 'prepaid' then unit_id is not null and charge_id is null and deposit_id is null and cashier_id is null
  when account = 'deposit' then unit_id is not null and deposit_id is not null and charge_id is null and cashier_id is null
  when account in ('income', 'waived', 'opening') then item_id is not null and charge_id is null and deposit_id is null and cashier_id is null
  else false end);

create table payment_histories (
  community_id uuid not null references communities,
  id uuid not null,
  import_id uuid not null,
  unit_id uuid not null,
  item_id uuid not null,
  -- Both ends included.
  from_on date not null,
  until_on date not null,
  paid_on date not null,
  -- What was owed there and what was paid of it.
  due_fen bigint not null check (due_fen >= 0),
  paid_fen bigint not null check (paid_fen > 0 and paid_fen < 1000000000000),
  -- What they called it: the number of their receipt, who took it, what was noted.
  receipt_code text not null default '' check (length(receipt_code) <= 60),
  cashier text not null default '' check (length(cashier) <= 60),
  note text not null default '' check (length(note) <= 300),
  settle_entry_id uuid not null,
  posted_at timestamptz not null,
  taken_back_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, import_id) references imports (community_id, id),
  foreign key (community_id, unit_id) references units (community_id, id),
  foreign key (community_id, item_id) references charge_items (community_id, id),
  foreign key (community_id, settle_entry_id) references ledger_entries (community_id, id),
  check (until_on >= from_on)
);
-- The same line twice is one payment.
create unique index payment_histories_once on payment_histories (community_id, unit_id, item_id, from_on, until_on, paid_on, paid_fen, receipt_code)
  where taken_back_at is null;
create index payment_histories_by_import on payment_histories (community_id, import_id);

alter table charges add column history_id uuid;
alter table charges add foreign key (community_id, history_id) references payment_histories (community_id, id);
create index charges_by_history on charges (community_id, history_id) where history_id is not null;
