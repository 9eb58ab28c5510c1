-- Notification channels 通知渠道: where messages leave the house by mail, WeCom group robot or webhook. What a channel is
-- called and its host stand open (the host is held against the community's list of allowed ones); address, password,
-- signing key and mail addresses are sealed together. A removed channel keeps its row, without what was sealed, because
-- what it sent names it.
create table channels (
  community_id uuid not null references communities,
  id uuid not null,
  kind text not null check (kind in ('mail', 'wecom', 'webhook')),
  name text not null check (length(name) between 1 and 40),
  is_on boolean not null default false,
  groups text[] not null check (groups <@ array['quiet', 'loud', 'out'] and cardinality(groups) > 0),
  host text not null,
  -- Mail addresses by id, with the person whose one is; the addresses themselves are sealed.
  destinations jsonb not null default '[]',
  sealed bytea,
  created_by uuid references accounts,
  created_at timestamptz not null,
  removed_at timestamptz,
  -- How it went last, and how long the whole channel is left alone after it could not be reached.
  last_sent_at timestamptz,
  last_failed_at timestamptz,
  last_error_code text,
  failures int not null default 0,
  resumes_at timestamptz,
  version int not null default 1,
  primary key (community_id, id),
  check ((removed_at is null) = (sealed is not null)),
  check (removed_at is null or not is_on)
);

create table channel_settings (
  community_id uuid primary key references communities,
  allowed_hosts text[] not null default '{}',
  -- Where people reach the program, for the link in a message: https://guanjia.example.cn
  link_base text,
  version int not null default 1
);

-- What leaves the house stands in the same outbox: one row a message, channel and (mail) address. `recipient_id` is the
-- person a mail is for; a group's robot and a webhook speak to nobody in particular.
alter table outbox
  alter column recipient_id drop not null,
  add column is_out boolean not null default false,
  add column pressing text not null default 'ordinary' check (pressing in ('ordinary', 'urgent')),
  add column channel_id uuid,
  add column destination_id uuid,
  add column arisen_at timestamptz,
  add column retried_at timestamptz,
  add foreign key (community_id, channel_id) references channels,
  add check ((channel_id is null) = (channel in ('bell', 'loud'))),
  add check ((channel_id is null) = (arisen_at is null)),
  add check (recipient_id is not null or channel_id is not null);

drop index outbox_due;
create index outbox_due on outbox (due_at) where state = 'waiting' and channel_id is null;
create index outbox_out_due on outbox (due_at) where state = 'waiting' and channel_id is not null;
-- The page of a channel: its newest messages, and those that were given up.
create index outbox_of_channel on outbox (community_id, channel_id, id) where channel_id is not null;
