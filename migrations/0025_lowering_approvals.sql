-- Whose a lowering is to decide stands in its approval; kept here as well it could differ.
alter table complaints drop column lowering_approver;
