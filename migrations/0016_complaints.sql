-- Complaints 投诉 in full (CP1-CP10): the level and the facts behind it, the way through a department, what the customer
-- was told, and which complaints are about the same event.
-- An anonymous one keeps no telephone number, party or unit: its case has none, and person_key stays empty by a check.

-- The event that several complaints are about.
create table complaint_groups (
  community_id uuid not null references communities,
  id uuid not null,
  created_at timestamptz not null,
  primary key (community_id, id)
);

alter table complaints rename column resolution_text_id to result_text_id;
alter table complaints alter column source drop not null;
alter table complaints
  add column anonymous boolean not null default false,
  add column has_account boolean not null default true,
  -- Tells people of one event apart; party, unit or a keyed hash of the number. Never shown.
  add column person_key text,
  add column against text,
  add column against_staff_id uuid references accounts,
  add column occurred_at timestamptz,
  add column demand_text_id uuid,
  add column reply_reason_text_id uuid,
  add column reply_at timestamptz,
  add column stated jsonb not null default '{"lossFen":null,"peopleCount":null,"deaths":null,"injury":null,"mediaReports":null,"mediaDays":null,"mediaOutlets":null,"unfulfilledPromise":null}',
  add column liability text not null default 'company' check (liability in ('company', 'developer', 'other')),
  add column proposed_severity text not null default 'ordinary' check (proposed_severity in ('ordinary', 'serious', 'major', 'critical')),
  add column rule text not null default 'ordinary.other',
  add column fired_rules text[] not null default '{}',
  add column validity text not null default 'undecided' check (validity in ('undecided', 'valid', 'invalid')),
  add column mishandled_level text check (mishandled_level in ('ordinary', 'serious', 'major', 'critical')),
  -- A lower level asked for: who decides it is never who asks.
  add column lowering_to text check (lowering_to in ('ordinary', 'serious', 'major', 'critical')),
  add column lowering_asked_by uuid references accounts,
  add column lowering_asked_at timestamptz,
  add column lowering_approver text,
  add column lowering_text_id uuid,
  add column wished_at timestamptz,
  add column agreed_at timestamptz,
  add column agreed_with_consent boolean not null default false,
  add column group_id uuid,
  add column raisings int not null default 1,
  add column people int not null default 1,
  add column failures int not null default 0,
  -- Clocks whose miss was counted: a ladder climbed further is no second failure.
  add column failed_clock_ids uuid[] not null default '{}',
  add column forwarded_to text,
  add column taken_over_at timestamptz,
  add column in_charge_id uuid references accounts,
  add column department text,
  add column handler_id uuid references accounts,
  add column wait_until timestamptz,
  add column cause text,
  add column told_at timestamptz,
  add column answer_text_id uuid,
  add column opinion_text_id uuid,
  add column satisfied boolean,
  add column signed boolean not null default false,
  add column merged_into_id uuid,
  add column follow_up text not null default 'none' check (follow_up in ('none', 'due', 'reviewed', 'not-owed')),
  add column last_state_at timestamptz,
  -- Told by way of the group's call-back list, not by an answer of its own.
  add column called_at timestamptz,
  add column called_by uuid references accounts,
  add column called_how text,
  -- When the one who decides hears of it again: each minute until it is taken over.
  add column repeat_at timestamptz,
  add foreign key (community_id, group_id) references complaint_groups deferrable initially deferred,
  add foreign key (community_id, merged_into_id) references cases,
  add foreign key (community_id, demand_text_id) references case_texts deferrable initially deferred,
  add foreign key (community_id, reply_reason_text_id) references case_texts deferrable initially deferred,
  add foreign key (community_id, lowering_text_id) references case_texts deferrable initially deferred,
  add foreign key (community_id, answer_text_id) references case_texts deferrable initially deferred,
  add foreign key (community_id, opinion_text_id) references case_texts deferrable initially deferred,
  add check (not anonymous or person_key is null);

-- What an earlier release opened: ordinary ones of a follow-up, kept by customer service.
update complaints p set
  person_key = c.unit_id::text,
  last_state_at = coalesce(p.closed_at, p.resolved_at, c.created_at),
  told_at = p.closed_at,
  follow_up = case when p.closed_at is null then 'none' else 'not-owed' end
from cases c where c.community_id = p.community_id and c.id = p.id;
alter table complaints alter column last_state_at set not null;

create index complaints_group on complaints (community_id, group_id) where group_id is not null;
create index complaints_to_repeat on complaints (repeat_at) where repeat_at is not null;
create index complaints_not_taken_over on complaints (community_id, id) where taken_over_at is null and closed_at is null;
