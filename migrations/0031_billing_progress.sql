-- How far a billing run has posted stands on the run: the last line, in the order of the lines. Until now each line was written
-- a second time to say that it is posted, which cost as much as the charge itself.
alter table billing_runs add column posted_unit uuid;
alter table billing_runs add column posted_item uuid;
-- A run that is being posted begins at its first line again: what stands already is not posted twice.
update billing_runs set posted_charges = 0 where state = 'posting';
update billing_runs r set (posted_unit, posted_item) = (select l.unit_id, l.item_id from billing_run_lines l
    where l.community_id = r.community_id and l.run_id = r.id and l.detail is not null order by l.unit_id desc, l.item_id desc limit 1)
  where r.state = 'posted';
drop index billing_run_lines_open;
alter table billing_run_lines drop column posted_at;
