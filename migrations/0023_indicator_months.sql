-- Indicators 指标 of a closed month stand as they were when nothing could change them any more (spec/11 Denominators):
-- the figure, the formula it was counted by, its target, and every row behind it. What is corrected later changes neither.
create table indicator_months (
  community_id uuid not null references communities,
  name text not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  measure text not null check (measure in ('share', 'points')),
  formula_version int not null check (formula_version > 0),
  comparison text not null check (comparison in ('at-least', 'at-most', 'below')),
  numerator int not null check (numerator >= 0),
  denominator int not null check (denominator >= 0),
  target numeric(9, 6),
  -- Where something else than the rows is counted below the line: how many in all, by building and by butler.
  base jsonb,
  final_on date not null,
  frozen_at timestamptz not null,
  primary key (community_id, name, month)
);

-- Names (of buildings, butlers, units) are looked up when somebody reads; where a case lay and in whose area is kept.
create table indicator_month_rows (
  community_id uuid not null,
  name text not null,
  month text not null,
  position int not null,
  -- As a rule a case; a person's visits and a household's answer are none.
  case_id uuid not null,
  code text not null,
  kind text not null,
  -- What stood in the place of the unit where the row has none.
  said text,
  points int check (points between 0 and 100),
  counts boolean not null,
  at timestamptz not null,
  level text,
  category text,
  cause text,
  department text,
  unit_id uuid,
  building_id uuid,
  butler_ids uuid[] not null default '{}',
  primary key (community_id, name, month, position),
  foreign key (community_id, name, month) references indicator_months,
  foreign key (community_id, unit_id) references units,
  foreign key (community_id, building_id) references buildings
);

-- A complaint's month is found by the minute it came and by its resolving, whatever the years before it hold.
create index case_events_resolved on case_events (community_id, at) where move = 'resolve';
