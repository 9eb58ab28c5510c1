-- The month's report of follow-ups 回访月度分析 handed over (FU5): what the supervisor signed stands as it was that day, whatever
-- is followed up afterwards; the manager signs that it was read. What customers said stays where it can be erased: the content
-- holds figures, codes and ids of texts.
create table follow_up_reports (
  community_id uuid not null references communities,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  content jsonb not null,
  due_on date not null,
  handed_at timestamptz not null,
  handed_by uuid not null references accounts,
  acknowledged_at timestamptz,
  acknowledged_by uuid references accounts,
  primary key (community_id, month),
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  check (acknowledged_by <> handed_by)
);
