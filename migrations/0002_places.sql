-- Places and parties: how lists are paged, how looks at personal fields are counted, how an import is taken back.
-- Why so: a page of a million units must cost what one of a hundred costs, so each order has its index; rows of a
-- household can't be deleted by the role that serves requests, so taking an import back is one function of the owner
-- that touches only what that import made.

-- Numbers padded, so that building 2 comes before building 10.
alter table units add column sort_key text collate "C" not null default '';
create index units_order on units (community_id, sort_key, id);
create index parties_order on parties (community_id, name_pinyin collate "C", id);
-- The limit of looks per person is counted here.
create index reveals_account on reveals (community_id, account_id, at desc);
create index unit_parties_unit on unit_parties (community_id, unit_id);
create index contacts_unit on contacts (community_id, unit_id);
create index cases_reporter on cases (community_id, reporter_party_id) where reporter_party_id is not null;

-- An import makes 100,000 rows of one noun: an effect names a whole batch.
alter table import_effects add column noun_ids uuid[] not null default '{}';

-- Deletes what an import created, children first. Whoever hangs on it stops the whole by a foreign key.
-- The scope of the caller is checked here, because the owner passes the policies.
create function undo_import(in_community uuid, in_import uuid) returns void
language plpgsql security definer set search_path from current as $$
begin
  if not (in_community = any (app_communities())) then
    raise exception 'not in scope' using errcode = '42501';
  end if;
  if not exists (select 1 from imports where community_id = in_community and id = in_import and state = 'done') then
    raise exception 'not an import that can be undone' using errcode = '42501';
  end if;
  delete from search_tokens s using import_effects e, unnest(e.noun_ids) as made(id)
    where e.community_id = in_community and e.import_id = in_import and e.effect = 'created' and e.noun in ('unit', 'party')
      and s.community_id = in_community and s.noun = e.noun and s.noun_id = made.id;
  delete from vehicles v using import_effects e, unnest(e.noun_ids) as made(id)
    where e.community_id = in_community and e.import_id = in_import and e.effect = 'created' and e.noun = 'vehicle'
      and v.community_id = in_community and v.id = made.id;
  delete from unit_parties r using import_effects e, unnest(e.noun_ids) as made(id)
    where e.community_id = in_community and e.import_id = in_import and e.effect = 'created' and e.noun = 'relation'
      and r.community_id = in_community and r.id = made.id;
  delete from parties p using import_effects e, unnest(e.noun_ids) as made(id)
    where e.community_id = in_community and e.import_id = in_import and e.effect = 'created' and e.noun = 'party'
      and p.community_id = in_community and p.id = made.id;
  delete from units u using import_effects e, unnest(e.noun_ids) as made(id)
    where e.community_id = in_community and e.import_id = in_import and e.effect = 'created' and e.noun = 'unit'
      and u.community_id = in_community and u.id = made.id;
  delete from buildings b using import_effects e, unnest(e.noun_ids) as made(id)
    where e.community_id = in_community and e.import_id = in_import and e.effect = 'created' and e.noun = 'building'
      and b.community_id = in_community and b.id = made.id;
end $$;
revoke all on function undo_import(uuid, uuid) from public;

-- Fresh statistics in the middle of an import; only the owner of a table may ask for them.
create function analyze_places() returns void language plpgsql security definer set search_path from current as $$
begin
  analyze buildings, units, parties, unit_parties, vehicles, search_tokens;
end $$;
revoke all on function analyze_places() from public;
