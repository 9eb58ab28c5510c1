-- Approvals 审批: what takes effect only when others have said yes. One row an approval with its open step and what the
-- fold of that step's clock says; what happened stands in an append-only table, remarks where they can be erased.
create table approvals (
  community_id uuid not null references communities,
  id uuid not null,
  code text not null,
  kind text not null,
  subject_id uuid not null,
  case_id uuid,
  state text not null check (state in ('pending', 'approved', 'rejected', 'returned', 'withdrawn', 'lapsed')),
  -- Codes and numbers that the subject is described by; never a personal value.
  facts jsonb not null default '{}',
  asked_by uuid not null references accounts,
  asked_at timestamptz not null,
  -- Who may not decide besides the asker: whoever wrote what is asked for.
  barred_ids uuid[] not null default '{}',
  reason_text_id uuid,
  standard_version_id uuid not null,
  expires_at timestamptz not null,
  -- The open step, and the post that has its duty: the next superior's where nobody else holds the step's own.
  step int not null check (step >= 0),
  duty_role text not null,
  step_opened_at timestamptz not null,
  due_at timestamptz,
  overdue_from timestamptz,
  next_step_at timestamptz,
  taken_steps jsonb not null default '[]',
  told_ids uuid[] not null default '{}',
  calendar_version text not null,
  decided_at timestamptz,
  version int not null default 1,
  event_seq int not null default 0,
  primary key (community_id, id),
  unique (community_id, code),
  foreign key (community_id, case_id) references cases,
  foreign key (community_id, standard_version_id) references service_standards,
  check ((state = 'pending') = (decided_at is null)),
  check (state = 'pending' or next_step_at is null)
);
-- A thing waits for one answer at a time.
create unique index approvals_pending on approvals (community_id, kind, subject_id) where state = 'pending';
-- The page: what is pending, what I asked for.
create index approvals_state on approvals (community_id, state, id desc);
create index approvals_asked on approvals (community_id, asked_by, id desc);
-- The sweep asks only for what is due.
create index approvals_next_step on approvals (least(next_step_at, expires_at)) where state = 'pending';

create table approval_texts (
  community_id uuid not null references communities,
  id uuid not null,
  approval_id uuid not null,
  body text not null,
  erased_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, approval_id) references approvals deferrable initially deferred
);

create table approval_events (
  community_id uuid not null references communities,
  id uuid not null,
  approval_id uuid not null,
  seq int not null,
  action text not null check (action in ('ask', 'open-step', 'approve', 'reject', 'return', 'withdraw', 'lapse', 'escalated', 'recalculated')),
  from_state text,
  to_state text,
  step int not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  by_id uuid references accounts,
  by_role text,
  -- Whose place a stand-in took.
  for_id uuid references accounts,
  facts jsonb not null default '{}',
  text_id uuid,
  primary key (community_id, id),
  unique (community_id, approval_id, seq),
  foreign key (community_id, approval_id) references approvals deferrable initially deferred,
  foreign key (community_id, text_id) references approval_texts deferrable initially deferred
);
create index approval_events_by on approval_events (community_id, by_id, approval_id) where by_id is not null;

-- Price lists are approved by the same chain now: one that waited under the old release is submitted anew.
update price_lists set state = 'draft', submitted_at = null, version = version + 1 where state = 'submitted';
