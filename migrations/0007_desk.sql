-- The desk's day: lines that still owe something, the supervisor's daily look at the ledger (FD5), calls as a telephone
-- system tells them (FD2).
create index contacts_owing on contacts (community_id, created_at desc, id desc) where state in ('open', 'call-back', 'message');
create index contacts_case on contacts (community_id, case_id) where case_id is not null;

create table ledger_reviews (
  community_id uuid not null references communities,
  id uuid not null,
  day date not null,
  -- What she saw: a review of a day that went on afterwards says so by its counts.
  lines int not null,
  undone int not null,
  remark text not null default '',
  reviewed_by uuid not null references accounts,
  reviewed_at timestamptz not null,
  primary key (community_id, id)
);
create index ledger_reviews_day on ledger_reviews (community_id, day desc, reviewed_at desc);

create table telephone_calls (
  community_id uuid not null references communities,
  id uuid not null,
  -- The number by which the telephone system knows the call.
  external_id text not null,
  from_sealed bytea,
  from_masked text,
  unit_id uuid,
  rang_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  rings int,
  primary key (community_id, id),
  unique (community_id, external_id),
  foreign key (community_id, unit_id) references units
);
create index telephone_calls_newest on telephone_calls (community_id, rang_at desc, id desc);

alter table contacts add column telephone_call_id uuid,
  add foreign key (community_id, telephone_call_id) references telephone_calls;
