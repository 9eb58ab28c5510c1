-- Complaints of a month on paper (CP11): which of them are to be visited again is chosen from it, by whom and when.
create table complaint_visit_choices (
  community_id uuid not null,
  complaint_id uuid not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  chosen_by uuid not null references accounts,
  chosen_at timestamptz not null,
  primary key (community_id, complaint_id),
  foreign key (community_id, complaint_id) references cases
);
create index complaint_visit_choices_month on complaint_visit_choices (community_id, month);
