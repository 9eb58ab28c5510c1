-- Imports of whole communities: statistics of only the tables that grew, indexes for every reference that taking an
-- import back checks row by row, and a state for the time it is being taken back behind the answer.
-- Why so: a foreign key without an index is a walk through the table for each deleted row, a hundred thousand times.

drop function analyze_places();
-- Fresh statistics in the middle of an import; only the owner of a table may ask for them, and only for these.
create function analyze_places(tables text[]) returns void language plpgsql security definer set search_path from current as $$
declare
  one text;
begin
  foreach one in array tables loop
    if not (one = any (array['buildings', 'units', 'parties', 'unit_parties', 'vehicles', 'search_tokens'])) then
      raise exception 'not a table of places: %', one using errcode = '42501';
    end if;
    execute format('analyze %I', one);
  end loop;
end $$;
revoke all on function analyze_places(text[]) from public;

create index vehicles_party on vehicles (community_id, party_id) where party_id is not null;
create index resident_accounts_party on resident_accounts (community_id, party_id);
create index staff_areas_building on staff_areas (community_id, building_id) where building_id is not null;
create index staff_areas_unit on staff_areas (community_id, unit_id) where unit_id is not null;
-- Housekeeping asks whose relation ended since it last looked.
create index unit_parties_until on unit_parties (community_id, until_on) where until_on is not null;

alter table imports drop constraint imports_state_check;
alter table imports add constraint imports_state_check
  check (state in ('received', 'running', 'previewed', 'rejected', 'done', 'failed', 'undoing', 'undone'));
