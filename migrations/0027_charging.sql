-- Charging 计费 (MN1, MN2, MN4): what is charged at which price from which day, what is agreed for single units, meters and
-- what they showed, and the billing runs that turn a month of it into charges. Prices are versions with a first day and are
-- never rewritten once a day of them has begun; a run keeps what it computed, so that what was approved is what is posted.

create table charge_items (
  community_id uuid not null references communities,
  id uuid not null,
  code text not null check (length(code) between 1 and 20),
  name text not null check (length(name) between 1 and 60),
  kind text not null check (kind in ('management', 'water', 'electricity', 'gas', 'heating', 'parking', 'renovation-deposit',
    'card-deposit', 'service', 'repair', 'late-fee', 'other')),
  -- Calendar months in which it is charged; empty: every month.
  months int[] not null default '{}',
  -- Uses of units that it is for; empty: all. `listed`: only units with a term that says so.
  usages text[] not null default '{}',
  applies_to text not null default 'all' check (applies_to in ('all', 'listed')),
  -- Paid by this day of the month it is charged for.
  due_day int not null check (due_day between 1 and 28),
  retired_on date,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, code)
);

create table price_versions (
  community_id uuid not null references communities,
  id uuid not null,
  item_id uuid not null,
  from_on date not null,
  rule jsonb not null,
  rounding text not null check (rounding in ('fen', 'jiao', 'yuan')),
  payer text not null check (payer in ('owner', 'lessee')),
  unsold_percent int not null check (unsold_percent between 0 and 100),
  vacant_percent int not null check (vacant_percent between 0 and 100),
  note text not null default '' check (length(note) <= 300),
  entered_by uuid references accounts,
  entered_at timestamptz not null,
  -- Taken back before its first day.
  removed_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, item_id) references charge_items
);
create unique index price_versions_day on price_versions (community_id, item_id, from_on) where removed_at is null;

-- What is agreed for one unit 计费约定, dated: its own price or share, a free period, reported vacant, an item that is only
-- for those listed, a vehicle that parks.
create table charge_terms (
  community_id uuid not null references communities,
  id uuid not null,
  kind text not null check (kind in ('price', 'free', 'vacant', 'applies', 'vehicle')),
  unit_id uuid not null,
  item_id uuid,
  from_on date not null,
  until_on date,
  rule jsonb,
  -- `price`: what remains to be paid; `free`: what is freed. Hundredths.
  percent int check (percent between 0 and 100),
  class_code text check (length(class_code) between 1 and 20),
  vehicle_id uuid,
  reason text not null default '' check (length(reason) <= 200),
  entered_by uuid references accounts,
  entered_at timestamptz not null,
  removed_at timestamptz,
  version int not null default 1,
  primary key (community_id, id),
  foreign key (community_id, unit_id) references units,
  foreign key (community_id, item_id) references charge_items,
  foreign key (community_id, vehicle_id) references vehicles on delete set null (vehicle_id),
  check (until_on is null or until_on >= from_on),
  check (kind = 'price' or rule is null),
  check ((kind in ('price', 'free')) = (percent is not null)),
  check ((kind = 'vehicle') = (class_code is not null)),
  check (kind = 'vehicle' or vehicle_id is null),
  check ((kind = 'vacant') <= (item_id is null)),
  check ((kind in ('price', 'applies')) <= (item_id is not null))
);
create index charge_terms_unit on charge_terms (community_id, unit_id) where removed_at is null;
create index charge_terms_item on charge_terms (community_id, item_id) where removed_at is null;
create index charge_terms_vehicle on charge_terms (community_id, vehicle_id) where vehicle_id is not null;

-- Who is the developer, and the general notice: when and where to pay (MN3).
create table charging_settings (
  community_id uuid not null references communities,
  developer_id uuid,
  notice_text text not null default '' check (length(notice_text) <= 2000),
  version int not null default 1,
  primary key (community_id),
  foreign key (community_id, developer_id) references parties
);

create table meters (
  community_id uuid not null references communities,
  id uuid not null,
  item_id uuid not null,
  -- Null: a main meter, of one building or of the whole community; what it shows beyond the units' is shared out.
  unit_id uuid,
  building_id uuid,
  code text not null check (length(code) between 1 and 40),
  dial_figures int not null check (dial_figures between 3 and 9),
  installed_on date not null,
  start_thousandths bigint not null check (start_thousandths >= 0),
  removed_on date,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, code),
  foreign key (community_id, item_id) references charge_items,
  foreign key (community_id, unit_id) references units,
  foreign key (community_id, building_id) references buildings,
  check (unit_id is null or building_id is null)
);
create index meters_item on meters (community_id, item_id);
create index meters_unit on meters (community_id, unit_id) where unit_id is not null;

create table meter_exchanges (
  community_id uuid not null references communities,
  id uuid not null,
  meter_id uuid not null,
  on_day date not null,
  final_thousandths bigint not null check (final_thousandths >= 0),
  start_thousandths bigint not null check (start_thousandths >= 0),
  new_code text not null default '' check (length(new_code) <= 40),
  reason text not null default '' check (length(reason) <= 200),
  entered_by uuid references accounts,
  entered_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, meter_id) references meters
);
create index meter_exchanges_meter on meter_exchanges (community_id, meter_id, on_day);

create table meter_readings (
  community_id uuid not null references communities,
  id uuid not null,
  meter_id uuid not null,
  -- The month that its use is charged in.
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  on_day date not null,
  thousandths bigint not null check (thousandths >= 0),
  used_thousandths bigint not null check (used_thousandths >= 0),
  days int not null check (days > 0),
  source text not null check (source in ('hand', 'import')),
  -- What stopped it and how it was confirmed (MN4).
  confirmed jsonb not null default '[]',
  entered_by uuid references accounts,
  entered_at timestamptz not null,
  removed_at timestamptz,
  removed_by uuid references accounts,
  removed_reason text check (length(removed_reason) between 1 and 200),
  primary key (community_id, id),
  foreign key (community_id, meter_id) references meters,
  check ((removed_at is null) = (removed_reason is null))
);
create unique index meter_readings_month on meter_readings (community_id, meter_id, month) where removed_at is null;
create index meter_readings_day on meter_readings (community_id, meter_id, on_day desc) where removed_at is null;

create table billing_runs (
  community_id uuid not null references communities,
  id uuid not null,
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  -- Empty: all that are charged in the month.
  item_ids uuid[] not null default '{}',
  state text not null check (state in ('preview', 'submitted', 'approved', 'posting', 'posted', 'abandoned')),
  -- The digest of all that the preview was computed from; the last unit computed so far, then when it was done.
  digest text not null default '',
  computed_to uuid,
  computed_units int not null default 0,
  computed_at timestamptz,
  units int not null default 0,
  charges int not null default 0,
  fen bigint not null default 0,
  last_fen bigint not null default 0,
  odd int not null default 0,
  not_computed int not null default 0,
  already_posted int not null default 0,
  posted_charges int not null default 0,
  totals jsonb not null default '[]',
  created_by uuid references accounts,
  created_at timestamptz not null,
  submitted_by uuid references accounts,
  submitted_at timestamptz,
  approved_by uuid references accounts,
  approved_at timestamptz,
  post_by uuid references accounts,
  post_at timestamptz,
  posted_at timestamptz,
  abandoned_by uuid references accounts,
  abandoned_at timestamptz,
  reason text not null default '' check (length(reason) <= 300),
  version int not null default 1,
  primary key (community_id, id)
);
create index billing_runs_month on billing_runs (community_id, month desc, created_at desc);
create index billing_runs_work on billing_runs (community_id) where state = 'posting' or (state = 'preview' and computed_at is null);

-- What a run computed of one unit and item. `detail` null: it could not be computed, or was charged last time and is not now.
create table billing_run_lines (
  community_id uuid not null,
  run_id uuid not null,
  unit_id uuid not null,
  item_id uuid not null,
  fen bigint not null,
  last_fen bigint,
  odd text[] not null default '{}',
  detail jsonb,
  fault jsonb,
  posted_at timestamptz,
  primary key (community_id, run_id, unit_id, item_id),
  foreign key (community_id, run_id) references billing_runs,
  foreign key (community_id, unit_id) references units,
  foreign key (community_id, item_id) references charge_items
);
create index billing_run_lines_odd on billing_run_lines (community_id, run_id, unit_id, item_id) where odd <> '{}';
create index billing_run_lines_open on billing_run_lines (community_id, run_id, unit_id, item_id) where posted_at is null and detail is not null;

alter table charges add foreign key (community_id, item_id) references charge_items;
alter table charges add foreign key (community_id, billing_run_id) references billing_runs;
create index charges_by_run on charges (community_id, billing_run_id) where billing_run_id is not null;
