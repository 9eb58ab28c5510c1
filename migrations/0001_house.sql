-- The house: accounts, places, parties, cases, clocks and the mechanisms that every module shares.
-- Why so: every table of a community has the key (community_id, id) and composite foreign keys, so that a row
-- cannot point into another community; policies are the second wall (an unset app.communities shows no row);
-- the app role gets no update or delete on what is append-only. SQL stays at PostgreSQL 15.

create extension if not exists pg_trgm;

create function app_communities() returns uuid[] language sql stable parallel safe as
  $$ select coalesce(string_to_array(nullif(current_setting('app.communities', true), ''), ',')::uuid[], '{}'::uuid[]) $$;

-- ── the organization, its people and their rights ──────────────────────────────────────────────────
create table organizations (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  is_demo boolean not null default false,
  demo_day date,
  demo_filled_at timestamptz,
  created_at timestamptz not null
);

create table communities (
  id uuid primary key,
  organization_id uuid not null references organizations,
  code text not null unique check (code ~ '^[A-Z0-9]{2,8}$'),
  name text not null check (length(name) between 1 and 60),
  preset text not null check (preset in ('standard', 'luxury')),
  created_at timestamptz not null
);

-- Who may sign in: staff, contractors and residents.
create table accounts (
  id uuid primary key,
  organization_id uuid not null references organizations,
  username text not null,
  name text not null check (length(name) between 1 and 60),
  name_pinyin text not null default '',
  password_hash text not null,
  must_change_password boolean not null default false,
  totp_sealed bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint not null default 0,
  recovery_code_hashes bytea[] not null default '{}',
  disabled_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null
);
create unique index accounts_username on accounts (lower(username));

-- A post held: community_id null is the whole organization.
create table role_grants (
  id uuid primary key,
  account_id uuid not null references accounts,
  role text not null,
  community_id uuid references communities,
  department text,
  granted_by uuid references accounts,
  created_at timestamptz not null,
  ended_at timestamptz
);
create unique index role_grants_one on role_grants (account_id, role, coalesce(community_id, '00000000-0000-0000-0000-000000000000'::uuid), coalesce(department, '')) where ended_at is null;
create index role_grants_community on role_grants (community_id, role) where ended_at is null;

create table sessions (
  token_hash bytea primary key,
  account_id uuid not null references accounts,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  from_ip text not null,
  device text not null default ''
);
create index sessions_account on sessions (account_id);
create index sessions_expiry on sessions (expires_at);

-- Tokens for machines, issued with a scope and an end date; they act with the rights of the account that they belong to, cut to the scope.
create table api_tokens (
  id uuid primary key,
  token_hash bytea not null unique,
  name text not null,
  account_id uuid not null references accounts,
  community_ids uuid[] not null,
  permissions text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz
);

-- The brake on guessing; `key` is a keyed hash of the user name or the address, never the value.
create table sign_in_failures (
  key bytea primary key,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz
);

-- One row while the first start waits for its owner; gone once used.
create table setup_secrets (secret_hash bytea primary key, created_at timestamptz not null);

create table settings (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null
);

-- ── standards ─────────────────────────────────────────────────────────────────────────────────────
create table service_standards (
  community_id uuid not null references communities,
  id uuid not null,
  version int not null check (version > 0),
  state text not null check (state in ('draft', 'submitted', 'approved', 'in-force', 'replaced')),
  in_force_on date not null,
  document jsonb not null,
  created_by uuid references accounts,
  created_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, version)
);
create unique index service_standards_in_force on service_standards (community_id) where state = 'in-force';

-- Each working calendar that a clock was ever counted by: an ended clock keeps the verdict of its day.
create table calendar_versions (
  version text primary key,
  content jsonb not null,
  created_at timestamptz not null
);

-- Days on which this community's working calendar differs from the statutory one.
create table calendar_exceptions (
  community_id uuid not null references communities,
  id uuid not null,
  on_day date not null,
  works boolean not null,
  reason text not null,
  primary key (community_id, id),
  unique (community_id, on_day)
);

-- ── places and parties ────────────────────────────────────────────────────────────────────────────
create table buildings (
  community_id uuid not null references communities,
  id uuid not null,
  name text not null check (length(name) between 1 and 40),
  sort_key text not null default '',
  version int not null default 1,
  primary key (community_id, id),
  unique (community_id, name)
);

create table units (
  community_id uuid not null,
  id uuid not null,
  building_id uuid not null,
  entrance text not null default '',
  room text not null check (length(room) between 1 and 20),
  label text not null,
  area_hundredths_m2 bigint check (area_hundredths_m2 > 0),
  usage text not null default 'residential',
  state text not null default 'occupied' check (state in ('unsold', 'vacant', 'occupied', 'renovating', 'let')),
  delivered_on date,
  key_custody boolean not null default false,
  version int not null default 1,
  primary key (community_id, id),
  unique (community_id, building_id, entrance, room),
  foreign key (community_id, building_id) references buildings
);

-- Warranty 维保 by part; `unit_id` null covers the whole building or community.
create table warranties (
  community_id uuid not null references communities,
  id uuid not null,
  unit_id uuid,
  category text not null,
  until_on date not null,
  contractor_id uuid not null references accounts,
  primary key (community_id, id),
  foreign key (community_id, unit_id) references units
);
create index warranties_unit on warranties (community_id, unit_id, category);

-- A person or company. Phone, identity number and e-mail are sealed with a key outside the database (PR5).
create table parties (
  community_id uuid not null references communities,
  id uuid not null,
  kind text not null check (kind in ('person', 'company')),
  name text not null check (length(name) between 1 and 100),
  name_pinyin text not null default '',
  phone_sealed bytea,
  phone_hash bytea,
  phone_masked text,
  identity_sealed bytea,
  identity_masked text,
  email_sealed bytea,
  email_masked text,
  wants_greetings boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (community_id, id)
);
create index parties_phone on parties (community_id, phone_hash);

create table unit_parties (
  community_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  party_id uuid not null,
  relation text not null check (relation in ('owner', 'lessee', 'family', 'carer', 'contact')),
  share_percent numeric(5, 2),
  from_on date not null,
  until_on date,
  primary key (community_id, id),
  foreign key (community_id, unit_id) references units,
  foreign key (community_id, party_id) references parties
);
create unique index unit_parties_current on unit_parties (community_id, unit_id, party_id, relation) where until_on is null;
create index unit_parties_party on unit_parties (community_id, party_id);

create table vehicles (
  community_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  party_id uuid,
  plate text not null,
  primary key (community_id, id),
  unique (community_id, plate),
  foreign key (community_id, unit_id) references units,
  foreign key (community_id, party_id) references parties
);
create index vehicles_unit on vehicles (community_id, unit_id);

-- A butler's responsibility area 责任区: buildings or single units.
create table staff_areas (
  community_id uuid not null references communities,
  id uuid not null,
  account_id uuid not null references accounts,
  building_id uuid,
  unit_id uuid,
  primary key (community_id, id),
  foreign key (community_id, building_id) references buildings,
  foreign key (community_id, unit_id) references units,
  check ((building_id is null) <> (unit_id is null))
);
create index staff_areas_account on staff_areas (community_id, account_id);

-- Which party an account of a resident stands for.
create table resident_accounts (
  community_id uuid not null,
  id uuid not null,
  account_id uuid not null references accounts,
  party_id uuid not null,
  primary key (community_id, id),
  unique (community_id, account_id),
  foreign key (community_id, party_id) references parties
);

-- Search by equality and prefix only (0.08 ms at a million units); never a trigram on Chinese.
create table search_tokens (
  community_id uuid not null references communities,
  token text collate "C" not null,
  noun text not null check (noun in ('unit', 'party', 'case')),
  noun_id uuid not null,
  primary key (community_id, token, noun, noun_id)
);
create index search_tokens_noun on search_tokens (community_id, noun, noun_id);

-- ── imports ───────────────────────────────────────────────────────────────────────────────────────
create table imports (
  community_id uuid not null references communities,
  id uuid not null,
  kind text not null,
  profile text,
  state text not null check (state in ('received', 'running', 'previewed', 'rejected', 'done', 'failed', 'undone')),
  dry_run boolean not null,
  accept_partial boolean not null default false,
  file_name text not null,
  file_sha256 bytea not null,
  rows int not null default 0,
  rows_read int not null default 0,
  accepted int not null default 0,
  written int not null default 0,
  rejected jsonb not null default '[]',
  rejected_count int not null default 0,
  summary jsonb not null default '{}',
  error_code text,
  started_by uuid not null references accounts,
  created_at timestamptz not null,
  finished_at timestamptz,
  undone_at timestamptz,
  undone_by uuid references accounts,
  primary key (community_id, id)
);
create index imports_newest on imports (community_id, created_at desc);

-- What an import made or changed, so that the whole of it can be undone while nothing hangs on it.
create table import_effects (
  community_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  noun text not null,
  noun_id uuid not null,
  effect text not null check (effect in ('created', 'changed')),
  before jsonb,
  primary key (community_id, id),
  foreign key (community_id, import_id) references imports
);
create index import_effects_import on import_effects (community_id, import_id);

-- ── cases ─────────────────────────────────────────────────────────────────────────────────────────
-- Numbers people quote; the row of a series is locked by the last statement before the commit.
create table counters (
  community_id uuid not null references communities,
  series text not null,
  period text not null,
  last bigint not null,
  primary key (community_id, series, period)
);

-- Free text lives apart so that it can be erased without touching what is append-only.
create table case_texts (
  community_id uuid not null references communities,
  id uuid not null,
  case_id uuid not null,
  body text not null,
  erased_at timestamptz,
  primary key (community_id, id)
);
create index case_texts_case on case_texts (community_id, case_id);

-- One row a case of every kind; the kind's own table holds the rest under the same id.
create table cases (
  community_id uuid not null references communities,
  id uuid not null,
  code text not null,
  kind text not null,
  state text not null,
  unit_id uuid,
  place text,
  summary_text_id uuid,
  level text,
  category text,
  department text not null default 'customer-service',
  channel text not null,
  flags text[] not null default '{}',
  responsible_id uuid references accounts,
  first_contact_id uuid references accounts,
  reporter_party_id uuid,
  contact_name text,
  contact_phone_sealed bytea,
  contact_phone_masked text,
  standard_version_id uuid not null,
  received_at timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  next_due_at timestamptz,
  next_clock_kind text,
  import_id uuid,
  version int not null default 1,
  event_seq int not null default 0,
  primary key (community_id, id),
  unique (community_id, code),
  foreign key (community_id, unit_id) references units,
  foreign key (community_id, reporter_party_id) references parties,
  foreign key (community_id, summary_text_id) references case_texts deferrable initially deferred,
  foreign key (community_id, standard_version_id) references service_standards,
  foreign key (community_id, import_id) references imports
);
alter table case_texts add foreign key (community_id, case_id) references cases deferrable initially deferred;
-- The board: cases by what is due next, no date last. `infinity` stands for no date so that a page's place is one comparison.
create index cases_due on cases (community_id, (coalesce(next_due_at, 'infinity'::timestamptz)), id);
create index cases_open_due on cases (community_id, (coalesce(next_due_at, 'infinity'::timestamptz)), id) where ended_at is null;
create index cases_state_due on cases (community_id, state, (coalesce(next_due_at, 'infinity'::timestamptz)), id);
create index cases_responsible_due on cases (community_id, responsible_id, (coalesce(next_due_at, 'infinity'::timestamptz)), id) where ended_at is null;
create index cases_unit on cases (community_id, unit_id, received_at desc);
create index cases_ended on cases (community_id, ended_at) where ended_at is not null;
create index cases_received on cases (community_id, received_at desc, id desc);
create index cases_kind_received on cases (community_id, kind, received_at desc, id desc);
create index cases_first_contact on cases (community_id, first_contact_id, next_due_at) where ended_at is null;

-- Counts for the board without counting a million rows: each change appends a delta, a job folds deltas into counts.
-- Append-only deltas, because one counter row a state would make all writers of a community wait for each other.
create table case_counts (
  community_id uuid not null references communities,
  kind text not null,
  state text not null,
  cases bigint not null,
  primary key (community_id, kind, state)
);
create table case_count_deltas (
  community_id uuid not null,
  id bigint generated always as identity,
  kind text not null,
  state text not null,
  delta int not null,
  primary key (community_id, id)
);
create function case_count() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into case_count_deltas (community_id, kind, state, delta) values (new.community_id, new.kind, new.state, 1);
  elsif new.state <> old.state then
    insert into case_count_deltas (community_id, kind, state, delta)
      values (old.community_id, old.kind, old.state, -1), (new.community_id, new.kind, new.state, 1);
  end if;
  return null;
end $$;
create trigger case_count after insert or update of state on cases for each row execute function case_count();

create table case_events (
  community_id uuid not null references communities,
  id uuid not null,
  case_id uuid not null,
  seq int not null,
  kind text not null check (kind in ('move', 'note', 'call', 'message', 'photo', 'link', 'approval', 'clock')),
  move text,
  from_state text,
  to_state text,
  at timestamptz not null,
  recorded_at timestamptz not null,
  by_id uuid references accounts,
  by_role text,
  for_id uuid references accounts,
  source text not null check (source in ('staff-web', 'phone', 'offline', 'resident', 'api', 'system')),
  facts jsonb not null default '{}',
  text_id uuid,
  request_id text,
  primary key (community_id, id),
  unique (community_id, case_id, seq),
  foreign key (community_id, case_id) references cases deferrable initially deferred,
  foreign key (community_id, text_id) references case_texts deferrable initially deferred
);

-- ── clocks ────────────────────────────────────────────────────────────────────────────────────────
create table clocks (
  community_id uuid not null references communities,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  key text not null default '',
  state text not null check (state in ('running', 'paused', 'met', 'missed', 'void')),
  ladder text not null,
  owner_id uuid references accounts,
  owner_role text not null,
  owner_department text,
  started_at timestamptz not null,
  due_at timestamptz,
  wished_at timestamptz,
  stopped_at timestamptz,
  -- From when it counts as overdue; null while a pause moves it on. What the board goes by.
  overdue_from timestamptz,
  next_step_at timestamptz,
  -- Steps of the ladder taken: [{step, at, told}].
  steps jsonb not null default '[]',
  told_ids uuid[] not null default '{}',
  spent_minutes int,
  over_minutes int,
  policy_version_id uuid not null,
  calendar_version text not null,
  provisional boolean not null default false,
  event_seq int not null default 0,
  primary key (community_id, id),
  foreign key (community_id, case_id) references cases deferrable initially deferred,
  foreign key (community_id, policy_version_id) references service_standards
);
create index clocks_case on clocks (community_id, case_id);
create index clocks_state_due on clocks (community_id, state, (coalesce(due_at, 'infinity'::timestamptz)), id);
create index clocks_due on clocks (community_id, (coalesce(due_at, 'infinity'::timestamptz)), id);
create index clocks_owner on clocks (community_id, owner_id, due_at) where state in ('running', 'paused');
-- The sweep asks only for what is due: its cost follows what is due, not what is overdue.
create index clocks_next_step on clocks (next_step_at) where next_step_at is not null;
create index clocks_provisional on clocks (community_id) where provisional and state in ('running', 'paused');

create table clock_events (
  community_id uuid not null references communities,
  id uuid not null,
  clock_id uuid not null,
  seq int not null,
  type text not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  facts jsonb not null default '{}',
  primary key (community_id, id),
  unique (community_id, clock_id, seq),
  foreign key (community_id, clock_id) references clocks deferrable initially deferred
);

-- ── the desk ledger ───────────────────────────────────────────────────────────────────────────────
create table contacts (
  community_id uuid not null references communities,
  id uuid not null,
  code text not null,
  channel text not null,
  caller_name text,
  caller_phone_sealed bytea,
  caller_phone_masked text,
  unit_id uuid,
  request_text_id uuid,
  outcome text not null check (outcome in ('answered', 'case', 'call-back', 'message', 'open')),
  state text not null check (state in ('open', 'answered', 'case', 'call-back', 'message', 'done', 'read')),
  case_id uuid,
  taken_by uuid not null references accounts,
  read_back boolean not null default false,
  started_at timestamptz not null,
  created_at timestamptz not null,
  version int not null default 1,
  primary key (community_id, id),
  unique (community_id, code),
  foreign key (community_id, unit_id) references units,
  foreign key (community_id, case_id) references cases deferrable initially deferred
);
create index contacts_newest on contacts (community_id, created_at desc, id desc);
create table contact_texts (
  community_id uuid not null references communities,
  id uuid not null,
  body text not null,
  erased_at timestamptz,
  primary key (community_id, id)
);
alter table contacts add foreign key (community_id, request_text_id) references contact_texts deferrable initially deferred;

-- ── audit, feed ───────────────────────────────────────────────────────────────────────────────────
-- community_id may be the organization's id for what belongs to no community (accounts, settings).
create table audit_log (
  community_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  actor_role text,
  from_ip text,
  action text not null,
  noun text not null,
  noun_id uuid,
  changed jsonb not null default '{}',
  request_id text,
  tx xid8 not null default pg_current_xact_id(),
  primary key (community_id, id)
);
create index audit_log_noun on audit_log (community_id, noun, noun_id);

-- Committed but not yet numbered rows; filled by trigger so that no writer can forget it.
create table audit_unsealed (community_id uuid not null, audit_id uuid not null, primary key (community_id, audit_id));
create function audit_queue() returns trigger language plpgsql as
  $$ begin insert into audit_unsealed (community_id, audit_id) values (new.community_id, new.id); return null; end $$;
create trigger audit_queue after insert on audit_log for each row execute function audit_queue();

create table audit_seals (
  community_id uuid not null,
  no bigint not null,
  audit_id uuid not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  primary key (community_id, no),
  unique (community_id, audit_id),
  foreign key (community_id, audit_id) references audit_log
);
-- The head of each chain; the sealer's own bookkeeping.
create table audit_heads (community_id uuid primary key, no bigint not null, hash bytea not null);

-- ── messages ──────────────────────────────────────────────────────────────────────────────────────
create table outbox (
  community_id uuid not null references communities,
  id uuid not null,
  case_id uuid,
  kind text not null,
  facts jsonb not null default '{}',
  recipient_id uuid not null references accounts,
  channel text not null check (channel in ('bell', 'loud', 'mail', 'wecom', 'webhook')),
  dedupe text not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  state text not null check (state in ('waiting', 'sent', 'failed', 'dropped')),
  sent_at timestamptz,
  error_code text,
  template_version int not null default 1,
  digest bytea,
  primary key (community_id, id),
  unique (community_id, dedupe),
  foreign key (community_id, case_id) references cases deferrable initially deferred
);
create index outbox_due on outbox (due_at) where state = 'waiting';
create index outbox_case on outbox (community_id, case_id);

-- What a person sees under the bell.
create table notifications (
  community_id uuid not null references communities,
  id uuid not null,
  recipient_id uuid not null references accounts,
  case_id uuid,
  kind text not null,
  facts jsonb not null default '{}',
  loud boolean not null default false,
  at timestamptz not null,
  read_at timestamptz,
  acknowledged_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, case_id) references cases deferrable initially deferred
);
create index notifications_mine on notifications (community_id, recipient_id, at desc);
create index notifications_unread on notifications (community_id, recipient_id) where read_at is null;

-- ── attachments ───────────────────────────────────────────────────────────────────────────────────
create table attachments (
  community_id uuid not null references communities,
  id uuid not null,
  state text not null check (state in ('received', 'ready', 'refused', 'attached', 'erased')),
  media_type text not null,
  file_name text not null,
  bytes bigint not null,
  sha256 bytea not null,
  thumb_sha256 bytea,
  width int,
  height int,
  noun text,
  noun_id uuid,
  purpose text,
  refused_code text,
  uploaded_by uuid not null references accounts,
  created_at timestamptz not null,
  attached_at timestamptz,
  primary key (community_id, id)
);
create index attachments_noun on attachments (community_id, noun, noun_id);
create index attachments_loose on attachments (created_at) where state in ('received', 'ready');

-- ── idempotency ───────────────────────────────────────────────────────────────────────────────────
-- Only answers with an effect are kept: status and resource, rendered again at replay by the caller's rights.
create table idempotency_keys (
  account_id uuid not null,
  key text not null check (length(key) between 1 and 255),
  route text not null,
  body_hash bytea not null,
  status int not null,
  resource_id uuid not null,
  created_at timestamptz not null,
  primary key (account_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- A look at a personal field: who, which, why, until when (PR1).
create table reveals (
  community_id uuid not null references communities,
  id uuid not null,
  party_id uuid not null,
  field text not null,
  purpose text not null,
  account_id uuid not null references accounts,
  at timestamptz not null,
  until_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, party_id) references parties
);
create index reveals_party on reveals (community_id, party_id, at desc);
