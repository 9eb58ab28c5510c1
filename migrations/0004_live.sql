-- Attachments by their bytes: removing bytes asks whether any attachment still shows them, once for each stored object.
create index attachments_sha on attachments (community_id, sha256);
create index attachments_thumb on attachments (community_id, thumb_sha256) where thumb_sha256 is not null;
