-- The inner area 套内面积 of a unit: what a price by inner area and heating are reckoned by (MN1).
alter table units add column inner_area_hundredths_m2 bigint check (inner_area_hundredths_m2 > 0);
