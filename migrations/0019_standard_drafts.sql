-- The service standard in the manager's hands: drafts with their base and remark, and what the last quarter's cases would
-- have come to under one (replay 试算).
alter table service_standards drop constraint service_standards_state_check;
alter table service_standards
  add check (state in ('draft', 'submitted', 'approved', 'in-force', 'replaced', 'dropped')),
  -- Raised by each change; `version` is the number that people quote.
  add column revision int not null default 1,
  add column based_on_id uuid,
  add column note text not null default '',
  add column remark text not null default '',
  add column submitted_at timestamptz,
  add foreign key (community_id, based_on_id) references service_standards;
-- One version at a time is written, waits for its approval, or for its day.
create unique index service_standards_open on service_standards (community_id) where state in ('draft', 'submitted', 'approved');

create table standard_replays (
  community_id uuid not null references communities,
  id uuid not null,
  standard_id uuid not null,
  -- Of the draft when it was replayed: a later change makes the answer old.
  revision int not null,
  state text not null check (state in ('running', 'done', 'failed')),
  from_on date not null,
  until_on date not null,
  cases int not null,
  cases_done int not null default 0,
  counts jsonb not null default '[]',
  started_by uuid not null references accounts,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, standard_id) references service_standards
);
create index standard_replays_of on standard_replays (community_id, standard_id, id desc);

-- Each clock that a replay folded; gone with its replay when the next one is started.
create table standard_replay_rows (
  community_id uuid not null,
  replay_id uuid not null,
  clock_id uuid not null,
  case_id uuid not null,
  kind text not null,
  was text not null,
  would_be text not null,
  was_due_at timestamptz,
  would_be_due_at timestamptz,
  was_over_minutes int not null,
  would_be_over_minutes int not null,
  primary key (community_id, replay_id, clock_id),
  foreign key (community_id, replay_id) references standard_replays on delete cascade,
  foreign key (community_id, case_id) references cases
);
create index standard_replay_rows_kind on standard_replay_rows (community_id, replay_id, kind, was, would_be, clock_id);
