-- Late fees 滞纳金 (MN1): switched on from a day, paused for a household while something is looked into, and of one charge one
-- after the other, so that two runs at once never count the same days twice.
alter table charging_settings add column late_fees_from date;

alter table charge_terms drop constraint charge_terms_kind_check;
alter table charge_terms add constraint charge_terms_kind_check
  check (kind in ('price', 'free', 'vacant', 'applies', 'vehicle', 'late-fee-pause'));

create unique index charges_late_fee_once on charges (community_id, of_charge_id, nth)
  where of_charge_id is not null and reverses_id is null;
