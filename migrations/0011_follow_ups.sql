-- Follow-ups 回访 (FU0-FU5) and the plain complaint that a result which is not acceptable opens.

-- One row a community, subject and month: the secret seed of the sample and how many were drawn with it. The row is
-- locked by each draw, so that two cases finished at once take two places.
create table follow_up_samples (
  community_id uuid not null references communities,
  what text not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  seed text not null check (seed ~ '^[0-9a-f]{32}$'),
  drawn int not null check (drawn > 0),
  primary key (community_id, what, month)
);

create table follow_ups (
  community_id uuid not null references communities,
  id uuid not null,
  code text not null,
  case_id uuid not null,
  what text not null,
  kind text not null check (kind in ('finished', 'unfinished')),
  state text not null check (state in ('due', 'visit-due', 'recorded', 'reviewed', 'not-owed', 'void')),
  -- The month in which the case was finished: whatever day the follow-up falls on, its rate counts there.
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  finished_at timestamptz,
  started_at timestamptz not null,
  made_at timestamptz not null,
  last_step_at timestamptz not null,
  -- Left out by the sample, and the case was taken up again: it was not finished after all and counts in no rate.
  withdrawn_at timestamptz,
  -- The draw, so that anybody can do it again; null where no share is set and for a case that is not finished.
  sample_seed text,
  sample_group int,
  sample_position int,
  sample_place int,
  sample_owed int,
  sample_of int,
  sample_share numeric(5, 4),
  -- Who is to call (FU0).
  caller_id uuid references accounts,
  planned_by uuid references accounts,
  planned_at timestamptz,
  recorded_at timestamptz,
  heard_at timestamptz,
  recorded_by uuid references accounts,
  recorded_role text,
  verdict text check (verdict in ('acceptable', 'not-acceptable', 'not-reached')),
  quality int check (quality between 1 and 5),
  effect int check (effect between 1 and 5),
  satisfaction int check (satisfaction between 1 and 5),
  channel text check (channel in ('in-person', 'phone', 'message')),
  is_signed boolean not null default false,
  lacking_text_id uuid,
  suggestions_text_id uuid,
  reason_text_id uuid,
  -- The entry of the time line on which the signature and photos hang.
  record_event_id uuid,
  complaint_id uuid,
  reviewed_at timestamptz,
  reviewed_by uuid references accounts,
  comment_text_id uuid,
  improvement_text_id uuid,
  improvement_owner_id uuid references accounts,
  improvement_on date,
  returned_at timestamptz,
  returned_by uuid references accounts,
  remark_text_id uuid,
  version int not null default 1,
  primary key (community_id, id),
  unique (community_id, code),
  foreign key (community_id, case_id) references cases,
  foreign key (community_id, complaint_id) references cases deferrable initially deferred,
  foreign key (community_id, lacking_text_id) references case_texts deferrable initially deferred,
  foreign key (community_id, suggestions_text_id) references case_texts deferrable initially deferred,
  foreign key (community_id, reason_text_id) references case_texts deferrable initially deferred,
  foreign key (community_id, comment_text_id) references case_texts deferrable initially deferred,
  foreign key (community_id, improvement_text_id) references case_texts deferrable initially deferred,
  foreign key (community_id, remark_text_id) references case_texts deferrable initially deferred,
  check ((verdict is null) = (recorded_at is null)),
  check ((state in ('recorded', 'reviewed')) = (verdict is not null)),
  check (kind = 'finished' or state <> 'not-owed')
);
create index follow_ups_case on follow_ups (community_id, case_id);
create index follow_ups_month on follow_ups (community_id, month, what);
create index follow_ups_to_do on follow_ups (community_id, state, id) where state in ('due', 'visit-due', 'recorded');

-- A try that did not reach the customer; append-only, and none of them raises the version.
create table follow_up_attempts (
  community_id uuid not null,
  id uuid not null,
  follow_up_id uuid not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  by_id uuid not null references accounts,
  outcome text not null check (outcome in ('no-answer', 'busy', 'wrong-number', 'later')),
  at_door boolean not null,
  next_at timestamptz,
  text_id uuid,
  primary key (community_id, id),
  foreign key (community_id, follow_up_id) references follow_ups,
  foreign key (community_id, text_id) references case_texts deferrable initially deferred
);
create index follow_up_attempts_of on follow_up_attempts (community_id, follow_up_id, at);

-- What a case of kind complaint knows beyond what all cases share.
create table complaints (
  community_id uuid not null,
  id uuid not null,
  -- Where it came from, and the case that it is about.
  source text not null check (source in ('follow-up')),
  about_case_id uuid,
  resolution_text_id uuid,
  resolved_at timestamptz,
  closed_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, id) references cases deferrable initially deferred,
  foreign key (community_id, about_case_id) references cases,
  foreign key (community_id, resolution_text_id) references case_texts deferrable initially deferred
);
create index complaints_about on complaints (community_id, about_case_id) where about_case_id is not null;

-- Repairs of an earlier release that owe a follow-up which nobody has made: a sweep looks for them.
create index repairs_follow_up_due on repairs (community_id, id) where follow_up = 'due';
