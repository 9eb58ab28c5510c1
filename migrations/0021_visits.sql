-- Household visits 上门拜访 (FU7) by appointment, and improvements 改进措施 that a visit or a survey leads to (FU7, FU8):
-- one table for both, so that what was promised is tracked in one place.

create table improvements (
  community_id uuid not null references communities,
  id uuid not null,
  -- What it came from; the slice that keeps it says who may add one.
  noun text not null check (noun in ('visit', 'survey')),
  noun_id uuid not null,
  text text not null check (length(text) between 1 and 1000),
  owner_id uuid not null references accounts,
  due_on date not null,
  state text not null check (state in ('open', 'done', 'confirmed', 'dropped')),
  made_by uuid not null references accounts,
  made_at timestamptz not null,
  done_at timestamptz,
  done_by uuid references accounts,
  result text check (length(result) between 1 and 1000),
  settled_at timestamptz,
  settled_by uuid references accounts,
  -- Why it was sent back or dropped.
  remark text check (length(remark) between 1 and 1000),
  -- The due day that its owner was last warned of: a day moved is warned of again.
  warned_for date,
  version int not null default 1,
  primary key (community_id, id),
  check ((state in ('done', 'confirmed')) <= (done_at is not null)),
  check ((state in ('confirmed', 'dropped')) = (settled_at is not null))
);
-- The list of what is open, by due day; also what the warning looks for.
create index improvements_open on improvements (community_id, due_on, id) where state = 'open';
create index improvements_of on improvements (community_id, noun, noun_id);
create index improvements_owner on improvements (community_id, owner_id, state);

create table household_visits (
  community_id uuid not null references communities,
  id uuid not null,
  unit_id uuid not null,
  visitor_id uuid not null references accounts,
  -- The appointment.
  at timestamptz not null,
  purpose text check (length(purpose) between 1 and 500),
  is_interview boolean not null default false,
  state text not null check (state in ('appointed', 'recorded', 'reviewed', 'missed', 'cancelled')),
  made_by uuid not null references accounts,
  made_at timestamptz not null,
  -- The record: when it really was, with whom of the household, what was said, what they think.
  held_at timestamptz,
  met text check (met in ('owner', 'family', 'lessee', 'other')),
  said text check (length(said) between 1 and 4000),
  opinions text check (length(opinions) between 1 and 4000),
  recorded_at timestamptz,
  -- Why it was missed or cancelled.
  reason text check (length(reason) between 1 and 500),
  reviewed_at timestamptz,
  reviewed_by uuid references accounts,
  comment text check (length(comment) between 1 and 1000),
  -- Sent back by the reviewer: what is to be mended.
  remark text check (length(remark) between 1 and 1000),
  version int not null default 1,
  primary key (community_id, id),
  foreign key (community_id, unit_id) references units,
  check ((state in ('recorded', 'reviewed')) <= (held_at is not null and met is not null and said is not null)),
  check ((state in ('missed', 'cancelled')) = (reason is not null)),
  check ((state = 'reviewed') = (reviewed_at is not null))
);
create index household_visits_at on household_visits (community_id, at, id);
create index household_visits_unit on household_visits (community_id, unit_id, at);
-- The month of a person: what counts towards the duty.
create index household_visits_held on household_visits (community_id, held_at) where state in ('recorded', 'reviewed');
-- One open appointment a person and household: pressed twice, it is one visit.
create unique index household_visits_open on household_visits (community_id, visitor_id, unit_id) where state = 'appointed';
