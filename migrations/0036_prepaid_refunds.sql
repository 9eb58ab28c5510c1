-- Money paid ahead that goes back 退预存款 (MN7): asked for by finance, approved by another, paid out once with a voucher.
-- What it did is an entry of its own; who got it and why may be erased one day and stands apart.
create table prepaid_refunds (
  community_id uuid not null references communities,
  id uuid not null,
  unit_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0 and amount_fen < 1000000000000),
  approval_id uuid,
  asked_by uuid not null references accounts,
  asked_at timestamptz not null,
  state text not null check (state in ('asked', 'approved', 'refused', 'dropped', 'paid')),
  approved_by uuid references accounts,
  -- TK-20261126-0001: without gaps, given at the paying out.
  code text,
  method text,
  paid_by uuid references accounts,
  paid_at timestamptz,
  entry_id uuid,
  version int not null check (version > 0),
  primary key (community_id, id),
  unique (community_id, code),
  unique (community_id, entry_id),
  foreign key (community_id, unit_id) references units (community_id, id),
  foreign key (community_id, entry_id) references ledger_entries (community_id, id),
  check ((state = 'paid') = (entry_id is not null)),
  check ((entry_id is null) = (code is null) and (entry_id is null) = (method is null)
    and (entry_id is null) = (paid_by is null) and (entry_id is null) = (paid_at is null)),
  check (state not in ('approved', 'paid', 'dropped') or approved_by is not null),
  -- Approver and payer are two persons, and so are asker and approver.
  check (approved_by is distinct from asked_by and (paid_by is null or paid_by <> approved_by))
);
-- One at a time for a household: two could promise the same money.
create unique index prepaid_refunds_live on prepaid_refunds (community_id, unit_id) where state in ('asked', 'approved');
create index prepaid_refunds_by_unit on prepaid_refunds (community_id, unit_id, id);

create table prepaid_refund_texts (
  community_id uuid not null,
  refund_id uuid not null,
  payee text,
  reason text,
  primary key (community_id, refund_id),
  foreign key (community_id, refund_id) references prepaid_refunds (community_id, id)
);
