-- A building's open complaints are read home by home while somebody types one in; nine in ten of a home's cases are long
-- ended and must not be read to find the others.
create index cases_open_unit on cases (community_id, unit_id, received_at desc) where ended_at is null;
