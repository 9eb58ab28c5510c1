-- Letters: the incoming documents register 公司收文登记簿 (CP8) and the numbered replies to what stands in it.
-- A line of the register is never changed. The same letter is known by sender, date and subject, or by its scan's bytes.
create table incoming_documents (
  community_id uuid not null references communities,
  id uuid not null,
  code text not null,
  kind text not null check (kind in ('complaint', 'enquiry', 'suggestion', 'official', 'other')),
  sender text not null,
  dated_on date not null,
  received_on date not null check (received_on >= dated_on),
  subject text not null,
  summary text not null,
  same_key text not null,
  case_id uuid not null,
  entered_by uuid not null references accounts,
  entered_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, code),
  unique (community_id, same_key),
  foreign key (community_id, case_id) references cases (community_id, id)
);
create index incoming_documents_by_case on incoming_documents (community_id, case_id);

create table incoming_document_files (
  community_id uuid not null,
  document_id uuid not null,
  attachment_id uuid not null,
  sha256 bytea not null,
  primary key (community_id, attachment_id),
  unique (community_id, sha256),
  foreign key (community_id, document_id) references incoming_documents (community_id, id)
);
create index incoming_document_files_by_document on incoming_document_files (community_id, document_id);

create table reply_letters (
  community_id uuid not null references communities,
  id uuid not null,
  document_id uuid not null,
  code text,
  state text not null check (state in ('draft', 'approved', 'out', 'delivered', 'failed', 'void')),
  addressee text not null,
  subject text not null,
  body text not null,
  way text,
  written_by uuid not null references accounts,
  created_at timestamptz not null,
  approved_by uuid references accounts,
  approved_at timestamptz,
  version int not null default 1,
  primary key (community_id, id),
  unique (community_id, code),
  foreign key (community_id, document_id) references incoming_documents (community_id, id),
  check ((code is null) = (approved_at is null) and (code is null) = (approved_by is null)),
  check (state = 'void' or (state = 'draft') = (code is null)),
  check (approved_by is distinct from written_by or approved_by is null)
);
create index reply_letters_by_document on reply_letters (community_id, document_id);

create table reply_letter_events (
  community_id uuid not null,
  id uuid not null,
  letter_id uuid not null,
  move text not null,
  to_state text not null,
  at timestamptz not null,
  by_id uuid not null references accounts,
  way text,
  note text not null default '',
  primary key (community_id, id),
  foreign key (community_id, letter_id) references reply_letters (community_id, id)
);
create index reply_letter_events_by_letter on reply_letter_events (community_id, letter_id, at);

-- What was approved under a number stays as it was approved.
create function keep_numbered_letter() returns trigger language plpgsql as $$
begin
  if old.code is not null and (new.code, new.addressee, new.subject, new.body, new.written_by, new.approved_by, new.approved_at)
    is distinct from (old.code, old.addressee, old.subject, old.body, old.written_by, old.approved_by, old.approved_at) then
    raise exception 'a numbered letter does not change';
  end if;
  return new;
end $$;
create trigger keep_numbered_letter before update on reply_letters for each row execute function keep_numbered_letter();
