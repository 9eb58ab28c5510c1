-- Where an imported case came from: its number in the old list, or a digest of its row, so that a second run writes nothing.
-- Taking such an import back removes its cases whole, while nothing has happened to them since.
create table case_sources (
  community_id uuid not null,
  source_key text not null,
  case_id uuid not null,
  primary key (community_id, source_key),
  foreign key (community_id, case_id) references cases deferrable initially deferred
);
create index case_sources_case on case_sources (community_id, case_id);

create function undo_case_import(in_community uuid, in_import uuid) returns void
language plpgsql security definer set search_path from current as $$
begin
  if not (in_community = any (app_communities())) then
    raise exception 'not in scope' using errcode = '42501';
  end if;
  if not exists (select 1 from imports where community_id = in_community and id = in_import and state = 'done') then
    raise exception 'not an import that can be undone' using errcode = '42501';
  end if;
  -- A case that somebody worked on since stays, and with it the whole import.
  if exists (select 1 from cases where community_id = in_community and import_id = in_import and event_seq > 1) then
    raise exception 'in use' using errcode = '23503';
  end if;
  delete from search_tokens s using cases c
    where c.community_id = in_community and c.import_id = in_import and s.community_id = in_community and s.noun = 'case' and s.noun_id = c.id;
  delete from case_sources s using cases c where c.community_id = in_community and c.import_id = in_import and s.community_id = in_community and s.case_id = c.id;
  delete from case_events e using cases c where c.community_id = in_community and c.import_id = in_import and e.community_id = in_community and e.case_id = c.id;
  delete from repairs r using cases c where c.community_id = in_community and c.import_id = in_import and r.community_id = in_community and r.id = c.id;
  insert into case_count_deltas (community_id, kind, state, delta)
    select community_id, kind, state, -count(*)::int from cases where community_id = in_community and import_id = in_import group by 1, 2, 3;
  delete from case_texts t using cases c where c.community_id = in_community and c.import_id = in_import and t.community_id = in_community and t.case_id = c.id;
  delete from cases where community_id = in_community and import_id = in_import;
end $$;
revoke all on function undo_case_import(uuid, uuid) from public;
