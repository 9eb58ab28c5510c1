-- Emergencies 突发事件 (MG8): what one knows beyond what all cases share, and who was sent there. Its measures are lines of
-- the time line; its cards are in the service standard.
create table emergencies (
  community_id uuid not null,
  id uuid not null,
  category text not null check (category in ('fire', 'lift', 'storm', 'crime', 'injury', 'gas', 'flooding', 'other')),
  severity text not null check (severity in ('ordinary', 'serious', 'major', 'critical')),
  proposed_severity text not null check (proposed_severity in ('ordinary', 'serious', 'major', 'critical')),
  level_fact text not null check (level_fact in ('category', 'loss', 'death', 'injury', 'media', 'raised', 'none')),
  occurred_at timestamptz not null,
  -- The harm as far as it is known: null is not known.
  people int check (people >= 0),
  deaths int check (deaths >= 0),
  injury text check (injury in ('none', 'slight', 'grave')),
  loss_fen bigint check (loss_fen >= 0),
  media_reports int check (media_reports >= 0),
  media_days int check (media_days >= 0),
  media_outlets int check (media_outlets >= 0),
  -- The complaint about it, where there is one.
  complaint_id uuid,
  in_charge_id uuid references accounts,
  taken_over_at timestamptz,
  taken_over_by uuid references accounts,
  -- When whoever decides hears of it again; null where nobody has to.
  repeat_at timestamptz,
  cause text check (cause in ('equipment', 'human-error', 'construction', 'nature', 'crime', 'health', 'neighbours', 'false-alarm', 'unknown')),
  result_text_id uuid,
  resolved_at timestamptz,
  review_text_id uuid,
  reviewed_at timestamptz,
  reviewed_by uuid references accounts,
  reopenings int not null default 0 check (reopenings >= 0),
  follow_up text not null default 'none' check (follow_up in ('none', 'due', 'not-owed', 'reviewed')),
  primary key (community_id, id),
  foreign key (community_id, id) references cases deferrable initially deferred,
  foreign key (community_id, complaint_id) references cases deferrable initially deferred,
  foreign key (community_id, result_text_id) references case_texts deferrable initially deferred,
  foreign key (community_id, review_text_id) references case_texts deferrable initially deferred,
  check ((taken_over_at is null) = (taken_over_by is null)),
  check ((reviewed_at is null) = (reviewed_by is null)),
  -- The level never falls below what the facts say.
  check (array_position(array['ordinary', 'serious', 'major', 'critical'], severity)
      >= array_position(array['ordinary', 'serious', 'major', 'critical'], proposed_severity)),
  check (resolved_at is null or result_text_id is not null and cause is not null)
);
create index emergencies_repeat on emergencies (repeat_at) where repeat_at is not null;
create index emergencies_complaint on emergencies (community_id, complaint_id) where complaint_id is not null;

-- Who was sent where: they may read it, they are told, and they never ask about it afterwards. Append-only.
create table emergency_deployments (
  community_id uuid not null,
  id uuid not null,
  emergency_id uuid not null,
  account_id uuid not null references accounts,
  event_id uuid not null,
  at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, emergency_id) references emergencies
);
create index emergency_deployments_of on emergency_deployments (community_id, emergency_id, at);
create index emergency_deployments_account on emergency_deployments (community_id, account_id, emergency_id);
