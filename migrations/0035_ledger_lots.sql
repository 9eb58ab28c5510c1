-- A month of charges comes into the ledger by the thousand: its lines are checked once a statement and not once a line, and
-- by the owner. Asked as the app role, the question carried the walls' condition, and a plan made while the ledger was small
-- read the whole community's entries for every line: twelve seconds for a thousand charges.
drop trigger refuse_line_beyond_entry on ledger_lines;
create or replace function refuse_line_beyond_entry() returns trigger language plpgsql security definer set search_path from current as $$
begin
  -- A question per line and not a join: the plan is kept, whatever the size of the statement that it was made for.
  if exists (
    select from added l where l.place >= coalesce(
      (select e.line_count from ledger_entries e where e.community_id = l.community_id and e.id = l.entry_id), 0)) then
    raise exception 'an entry takes no line beyond those it said it has' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger refuse_line_beyond_entry after insert on ledger_lines referencing new table as added
  for each statement execute function refuse_line_beyond_entry();

-- Only what touches a drawer can fall into a sealed day.
drop trigger refuse_entry_into_sealed_day on ledger_entries;
create trigger refuse_entry_into_sealed_day before insert on ledger_entries
  for each row when (new.cashier_id is not null) execute function refuse_entry_into_sealed_day();
