-- Price lists 维修项目收费标准 (RP5): whole versions, as the service standard is. Which one counts on a day follows from
-- the day it takes effect, so no job has to switch anything at midnight.
create table price_lists (
  community_id uuid not null references communities,
  id uuid not null,
  number int not null check (number > 0),
  state text not null check (state in ('draft', 'submitted', 'approved', 'dropped')),
  in_force_on date,
  items jsonb not null,
  note text not null default '',
  remark text not null default '',
  created_by uuid references accounts,
  created_at timestamptz not null,
  submitted_at timestamptz,
  decided_by uuid references accounts,
  decided_at timestamptz,
  version int not null default 1,
  primary key (community_id, id),
  unique (community_id, number),
  check ((state = 'approved') = (in_force_on is not null and decided_at is not null) or state in ('draft', 'dropped'))
);
-- "The list in force today": the latest approved one that has begun.
create index price_lists_in_force on price_lists (community_id, in_force_on desc, number desc) where state = 'approved';
-- One version at a time is being written or waits for its approval.
create unique index price_lists_open on price_lists (community_id) where state in ('draft', 'submitted');
