-- Roster 排班: who is away and who is on duty. An absence without an end runs until somebody ends it. What is ended early
-- keeps its row with the time it was cut to; what is taken back before it began, or entered wrongly, is marked removed:
-- who was told of a promise is judged by the roster of its day, so a row is never deleted.
create table absences (
  community_id uuid not null references communities,
  id uuid not null,
  staff_id uuid not null references accounts,
  from_at timestamptz not null,
  until_at timestamptz,
  reason text not null check (reason in ('leave', 'sick', 'rest', 'training', 'errand', 'other')),
  stand_in_id uuid references accounts,
  entered_by uuid references accounts,
  entered_at timestamptz not null,
  removed_at timestamptz,
  version int not null default 1,
  primary key (community_id, id),
  check (until_at is null or until_at > from_at),
  check (stand_in_id is null or stand_in_id <> staff_id)
);
create index absences_of_staff on absences (community_id, staff_id, from_at) where removed_at is null;

create table duty_shifts (
  community_id uuid not null references communities,
  id uuid not null,
  staff_id uuid not null references accounts,
  role text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  entered_by uuid references accounts,
  entered_at timestamptz not null,
  removed_at timestamptz,
  version int not null default 1,
  primary key (community_id, id),
  check (until_at > from_at)
);
create index duty_shifts_at on duty_shifts (community_id, role, from_at) where removed_at is null;
