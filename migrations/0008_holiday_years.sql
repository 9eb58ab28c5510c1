-- Holiday tables that an organization loaded itself: the announcement of next year comes in autumn, sooner than a release.
-- A loaded year takes the place of the one that ships with the product. Which clocks were counted by what stands in
-- calendar_versions; these rows are only what is counted by from now on.
create table holiday_years (
  organization_id uuid not null references organizations,
  year int not null check (year between 2023 and 2200),
  content jsonb not null,
  loaded_by uuid references accounts,
  loaded_at timestamptz not null,
  primary key (organization_id, year)
);
