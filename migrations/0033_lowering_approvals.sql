-- A lower level 降级 is asked for as every other approval 审批 is (CP2): what waited under the old release becomes a pending
-- approval with its asker, its reason and the minute it was asked. Its term, of which nobody knew till now, runs whole from
-- today where that is later. Its clock is counted by the program's own recount, which knows the working calendar.
create temporary table asked_before on commit drop as
with asked as (
  select p.community_id, p.id as complaint_id, p.lowering_asked_by, p.lowering_asked_at, p.lowering_approver, p.lowering_to, p.anonymous,
    p.against_staff_id, c.code, c.level, t.body, s.id as standard_id, s.document,
    -- The id says when it was made: of an anonymous complaint to the hour (CP12).
    case when p.anonymous then date_trunc('hour', p.lowering_asked_at) else p.lowering_asked_at end as id_at,
    replace(gen_random_uuid()::text, '-', '') as random,
    to_char(p.lowering_asked_at at time zone 'Asia/Shanghai', 'YYYY') as year
  from complaints p
  join cases c on c.community_id = p.community_id and c.id = p.id
  left join case_texts t on t.community_id = p.community_id and t.id = p.lowering_text_id and t.erased_at is null
  -- The version of the day of asking (spec/12).
  cross join lateral (
    select v.id, v.document from service_standards v
    where v.community_id = p.community_id and v.state in ('in-force', 'replaced')
    order by v.in_force_on <= (p.lowering_asked_at at time zone 'Asia/Shanghai')::date desc, v.version desc limit 1) s
  where p.lowering_to is not null and p.lowering_asked_by is not null)
select *,
  (lpad(to_hex((extract(epoch from id_at) * 1000)::bigint), 12, '0') || '7' || substr(random, 1, 3) || '8' || substr(random, 4, 15))::uuid as id,
  case when body is null then null else gen_random_uuid() end as text_id,
  row_number() over (partition by community_id, year order by lowering_asked_at, complaint_id) as place,
  -- Of a version from before approvals had their terms in it, that of the presets.
  coalesce((document #>> '{approvals,complaint.lower,termCalendarDays,value}')::int,
    case document ->> 'preset' when 'luxury' then 3 else 5 end) as term_days
from asked;

insert into counters (community_id, series, period, last)
select community_id, 'SP', year, 0 from asked_before group by community_id, year
on conflict (community_id, series, period) do nothing;

insert into approval_texts (community_id, id, approval_id, body)
select community_id, text_id, id, body from asked_before where text_id is not null;

insert into approvals (community_id, id, code, kind, subject_id, case_id, state, facts, asked_by, asked_at, barred_ids,
  reason_text_id, standard_version_id, expires_at, step, duty_role, step_opened_at, calendar_version, event_seq)
select a.community_id, a.id, 'SP-' || a.year || '-' || lpad((n.last + a.place)::text, greatest(6, length((n.last + a.place)::text)), '0'),
  'complaint.lower', a.complaint_id, a.complaint_id, 'pending',
  jsonb_build_object('code', a.code, 'from', a.level, 'to', a.lowering_to)
    || case when a.anonymous then '{"anonymous": true}'::jsonb else '{}'::jsonb end,
  a.lowering_asked_by, a.lowering_asked_at,
  array_remove(array[nullif(a.against_staff_id, a.lowering_asked_by)], null),
  a.text_id, a.standard_id,
  ((greatest(a.lowering_asked_at, now()) at time zone 'Asia/Shanghai')::date + a.term_days + 1)::timestamp at time zone 'Asia/Shanghai',
  1, coalesce(a.lowering_approver, 'manager'), a.lowering_asked_at, '', 2
from asked_before a
join counters n on n.community_id = a.community_id and n.series = 'SP' and n.period = a.year;

insert into approval_events (community_id, id, approval_id, seq, action, to_state, step, at, recorded_at, by_id, by_role, facts, text_id)
select community_id, gen_random_uuid(), id, 1, 'ask', 'pending', 0, lowering_asked_at, lowering_asked_at, lowering_asked_by,
  -- Only these two posts ask (spec/10), and what the manager asks waits for the general manager.
  case lowering_approver when 'general_manager' then 'manager' else 'cs_supervisor' end, '{}'::jsonb, text_id
from asked_before
union all
select community_id, gen_random_uuid(), id, 2, 'open-step', null, 1, lowering_asked_at, lowering_asked_at, null, null,
  jsonb_build_object('role', 'manager', 'dutyRole', coalesce(lowering_approver, 'manager')), null
from asked_before;

update counters n set last = n.last + taken.many
from (select community_id, year, count(*) as many from asked_before group by community_id, year) taken
where n.community_id = taken.community_id and n.series = 'SP' and n.period = taken.year;

-- Whose a lowering is to decide stands in its approval; kept here as well it could differ.
alter table complaints drop column lowering_approver;
