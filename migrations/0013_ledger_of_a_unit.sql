-- The ledger of one household, newest first: found and in order by one index.
create index contacts_of_unit on contacts (community_id, unit_id, created_at desc, id desc);
drop index contacts_unit;
