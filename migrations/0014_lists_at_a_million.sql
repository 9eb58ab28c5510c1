-- The ledger of one household, newest first: found and in order by one index.
create index contacts_of_unit on contacts (community_id, unit_id, created_at desc, id desc);
drop index contacts_unit;
-- The numbers of the desk and the wall: open cases by when they came and by who took them, counted in the index alone.
create index cases_open_received on cases (community_id, received_at) where ended_at is null;
create index cases_open_first_contact on cases (community_id, first_contact_id) where ended_at is null;
