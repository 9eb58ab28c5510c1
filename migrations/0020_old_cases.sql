-- Old matters taken in from elsewhere (a hotline's list, a list of complaints): what they were called there is kept beside
-- the case, so that its totals can be counted again. Taking such an import back removes complaints as well.
create table case_origins (
  community_id uuid not null,
  case_id uuid not null,
  -- The list it came from.
  source text not null check (source in ('hotline', 'list')),
  original_kind text,
  original_channel text,
  anonymous boolean,
  -- How often it was handed over before somebody dealt with it.
  transfers int check (transfers >= 0),
  primary key (community_id, case_id),
  foreign key (community_id, case_id) references cases deferrable initially deferred
);

create or replace function undo_case_import(in_community uuid, in_import uuid) returns void
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
  delete from case_origins o using cases c where c.community_id = in_community and c.import_id = in_import and o.community_id = in_community and o.case_id = c.id;
  delete from case_events e using cases c where c.community_id = in_community and c.import_id = in_import and e.community_id = in_community and e.case_id = c.id;
  delete from repairs r using cases c where c.community_id = in_community and c.import_id = in_import and r.community_id = in_community and r.id = c.id;
  delete from complaints p using cases c where c.community_id = in_community and c.import_id = in_import and p.community_id = in_community and p.id = c.id;
  insert into case_count_deltas (community_id, kind, state, delta)
    select community_id, kind, state, -count(*)::int from cases where community_id = in_community and import_id = in_import group by 1, 2, 3;
  delete from case_texts t using cases c where c.community_id = in_community and c.import_id = in_import and t.community_id = in_community and t.case_id = c.id;
  delete from cases where community_id = in_community and import_id = in_import;
end $$;
revoke all on function undo_case_import(uuid, uuid) from public;
