-- Warranty 维保 kept as terms, not as one date a unit: category → part → months → contractor, counted from the day of
-- delivery (RP7, PP1). A firm is no account: it has people at hand, some of whom sign in, and it can be followed by
-- another from a day on, both kept. What a repair was judged by stays on the repair: a later change of the register does
-- not rewrite who was told. The dates kept so far become terms of their one unit with a fixed last day.
create table contractors (
  community_id uuid not null references communities,
  id uuid not null,
  name text not null check (length(name) between 1 and 60),
  -- Repair categories of the service standard.
  trades text[] not null default '{}',
  active_from date not null,
  active_until date,
  note text not null default '' check (length(note) <= 500),
  version int not null default 1,
  created_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, name),
  check (active_until is null or active_until >= active_from)
);

-- Who answers there. Phones are sealed with a key outside the database; an account opens the firm's own orders.
create table contractor_people (
  community_id uuid not null references communities,
  id uuid not null,
  contractor_id uuid not null,
  name text not null check (length(name) between 1 and 60),
  duty text not null default '' check (length(duty) <= 40),
  phone_sealed bytea,
  phone_masked text,
  account_id uuid references accounts,
  sort int not null default 0,
  left_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, contractor_id) references contractors
);
create index contractor_people_of on contractor_people (community_id, contractor_id);
-- One account stands for one firm at a time; also the way from an account to its firm for "own orders".
create unique index contractor_people_account on contractor_people (community_id, account_id) where account_id is not null and left_at is null;

-- A look at a contact's phone: who, why, until when (PR1).
create table contractor_reveals (
  community_id uuid not null references communities,
  id uuid not null,
  person_id uuid not null,
  purpose text not null,
  account_id uuid not null references accounts,
  at timestamptz not null,
  until_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, person_id) references contractor_people
);

alter table buildings add column delivered_on date;

create table warranty_terms (
  community_id uuid not null references communities,
  id uuid not null,
  -- Inside the units, or what all share; the one counts from the unit's delivery, the other from the building's.
  covers text not null check (covers in ('units', 'common')),
  building_id uuid,
  unit_id uuid,
  category text not null,
  -- 部位; null: the whole category.
  part text check (length(part) between 1 and 40),
  months int check (months between 1 and 600),
  until_on date,
  -- Counts from this day instead of the delivery: a lift accepted later, a roof laid anew.
  starts_on date,
  removed_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, building_id) references buildings,
  foreign key (community_id, unit_id) references units,
  check ((months is null) <> (until_on is null)),
  check (building_id is null or unit_id is null),
  check (covers = 'units' or unit_id is null),
  check (until_on is null or starts_on is null or until_on >= starts_on)
);
create unique index warranty_terms_one on warranty_terms (community_id, covers, coalesce(unit_id, building_id, '00000000-0000-0000-0000-000000000000'::uuid), category, coalesce(part, '')) where removed_at is null;

-- Which firm answers from which day on; the first has no day and answers from the beginning.
create table warranty_keepers (
  community_id uuid not null references communities,
  id uuid not null,
  term_id uuid not null,
  contractor_id uuid not null,
  from_on date,
  entered_by uuid references accounts,
  entered_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, term_id) references warranty_terms,
  foreign key (community_id, contractor_id) references contractors
);
create unique index warranty_keepers_day on warranty_keepers (community_id, term_id, coalesce(from_on, '-infinity'::date));

insert into contractors (community_id, id, name, trades, active_from, created_at)
  select w.community_id, a.id, left(a.name, 48) || case when count(*) over (partition by w.community_id, left(a.name, 48)) > 1 then ' ' || left(a.username, 11) else '' end,
         w.trades, (a.created_at at time zone 'Asia/Shanghai')::date, a.created_at
  from (select community_id, contractor_id, array_agg(distinct category order by category) as trades from warranties group by 1, 2) w
  join accounts a on a.id = w.contractor_id;
insert into contractor_people (community_id, id, contractor_id, name, account_id)
  select c.community_id, c.id, c.id, a.name, a.id from contractors c join accounts a on a.id = c.id;
insert into warranty_terms (community_id, id, covers, unit_id, category, until_on, created_at)
  select distinct on (w.community_id, w.unit_id, w.category) w.community_id, w.id, 'units', w.unit_id, w.category, w.until_on, a.created_at
  from warranties w join accounts a on a.id = w.contractor_id
  order by w.community_id, w.unit_id, w.category, w.until_on desc, w.id;
insert into warranty_keepers (community_id, id, term_id, contractor_id, entered_at)
  select t.community_id, t.id, t.id, w.contractor_id, t.created_at
  from warranty_terms t join warranties w on w.community_id = t.community_id and w.id = t.id;
drop table warranties;

alter table repairs add column part text check (length(part) between 1 and 40);
-- The verdict of the day of the report: term, last day, firm; null where nobody asked the register (older repairs).
alter table repairs add column warranty jsonb;
-- The firm that the order was sent to, whichever of its people signs in later.
alter table repairs add column contractor_firm_id uuid;
alter table repairs add foreign key (community_id, contractor_firm_id) references contractors;
create index repairs_firm on repairs (community_id, contractor_firm_id) where contractor_firm_id is not null;
update repairs r set contractor_firm_id = p.contractor_id
  from contractor_people p where p.community_id = r.community_id and p.account_id = r.contractor_id;
