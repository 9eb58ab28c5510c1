-- Indicators 指标: the month's finished work is found by its finish events, whatever the years before it hold.
create index case_events_finished on case_events (community_id, at) where move = 'finish';
