-- The second wall: row-level policies on every table of a community, and what the app role may do.
-- Not numbered: the runner applies it after the migrations of each release, and it goes by the catalogue, so that a new
-- table cannot be forgotten.
do $$
declare
  one record;
begin
  for one in
    select c.relname as name, c.relrowsecurity as walled
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'community_id' and not a.attisdropped
    where n.nspname = current_schema() and c.relkind in ('r', 'p') and c.relname not in ('role_grants')
  loop
    -- Only where it is missing: this asks for the table alone, and a start may meet a statement of a killed program that
    -- still runs in the server.
    if not one.walled then execute format('alter table %I enable row level security', one.name); end if;
    if not exists (select 1 from pg_policies where schemaname = current_schema() and tablename = one.name and policyname = 'own_communities') then
      execute format(
        'create policy own_communities on %I using (community_id = any ((select app_communities())::uuid[])) with check (community_id = any ((select app_communities())::uuid[]))',
        one.name);
    end if;
  end loop;
end $$;

grant usage on schema public to guanjia_app;
grant select, insert, update, delete on all tables in schema public to guanjia_app;
grant usage, select on all sequences in schema public to guanjia_app;
grant execute on all functions in schema public to guanjia_app;

-- Append-only: nobody who serves requests can change what was said.
revoke update, delete on case_events, clock_events, audit_log, audit_seals, reveals from guanjia_app;
revoke delete on cases, clocks, contacts, parties, unit_parties, units, service_standards, outbox, counters from guanjia_app;
-- Tables that a house of an older release has not got yet when its walls are put up half way.
do $$
declare
  one text;
begin
  foreach one in array array['absences', 'duty_shifts', 'follow_ups', 'follow_up_samples', 'complaints', 'complaint_groups', 'emergencies', 'channels', 'approvals', 'reply_letters'] loop
    if to_regclass(one) is not null then execute format('revoke delete on %I from guanjia_app', one); end if;
  end loop;
  -- What was handed over stays; the second signature is all that is added to it.
  if to_regclass('follow_up_reports') is not null then
    revoke update, delete on follow_up_reports from guanjia_app;
    grant update (acknowledged_at, acknowledged_by) on follow_up_reports to guanjia_app;
  end if;
  if to_regclass('approval_events') is not null then revoke update, delete on approval_events from guanjia_app; end if;
  if to_regclass('follow_up_attempts') is not null then revoke update, delete on follow_up_attempts from guanjia_app; end if;
  foreach one in array array['absences', 'duty_shifts', 'contractors', 'contractor_people', 'warranty_terms', 'improvements', 'household_visits', 'surveys', 'survey_households', 'daily_closes', 'charge_items', 'price_versions', 'charge_terms', 'meters', 'meter_readings', 'billing_runs', 'receipt_books', 'receipt_texts', 'payment_notes', 'payment_reversals', 'deposits', 'waivers', 'prepaid_refunds', 'prepaid_refund_texts', 'doorstep_collections', 'doorstep_cash', 'money_alarms'] loop
    if to_regclass(one) is not null then execute format('revoke delete on %I from guanjia_app', one); end if;
  end loop;
  foreach one in array array['warranty_keepers', 'emergency_deployments', 'contractor_reveals', 'case_origins', 'indicator_months', 'indicator_month_rows', 'incoming_documents', 'incoming_document_files', 'reply_letter_events', 'ledger_entries', 'ledger_lines', 'charges', 'daily_close_events', 'surprise_counts', 'meter_exchanges', 'receipts', 'receipt_events', 'receipt_book_events', 'payments', 'deposit_events'] loop
    if to_regclass(one) is not null then execute format('revoke update, delete on %I from guanjia_app', one); end if;
  end loop;
end $$;
revoke all on schema_migrations from guanjia_app;
grant select on schema_migrations to guanjia_app;
