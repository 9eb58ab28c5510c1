-- The board is found by where a case came from (a hotline's list, a list of complaints) and by what it was called there. The
-- past lies far down any list of newest first, so each way of ordering has an index of the old ones alone.
alter table cases add column origin_source text;
-- What it was called there; '' where it had no name.
alter table cases add column origin_kind text;
update cases c set origin_source = o.source, origin_kind = coalesce(o.original_kind, '')
  from case_origins o where o.community_id = c.community_id and o.case_id = c.id;
alter table cases add check ((origin_source is null) = (origin_kind is null));
create index cases_origin_received on cases (community_id, origin_source, received_at desc, id desc) where origin_source is not null;
create index cases_origin_due on cases (community_id, origin_source, (coalesce(next_due_at, 'infinity'::timestamptz)), id) where origin_source is not null;
create index cases_origin_kind_received on cases (community_id, origin_source, origin_kind, received_at desc, id desc) where origin_source is not null;
create index cases_origin_kind_due on cases (community_id, origin_source, origin_kind, (coalesce(next_due_at, 'infinity'::timestamptz)), id) where origin_source is not null;
