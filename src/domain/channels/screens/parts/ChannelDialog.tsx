// A channel made or changed. Secrets are typed here and never shown again: an empty field leaves what is kept.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { staffRoutes } from '../../../access/staff.contract.ts';
import {
  type AmendChannelBody,
  type Channel,
  type ChannelBody,
  type ChannelGroup,
  type ChannelKind,
  channelGroups,
  channelRoutes,
} from '../../channel.contract.ts';
import {
  channelGroupWords,
  channelKindWords,
  channelPageWords,
  mailSecurityWords,
  plainSecurityWord,
} from '../../channel.words.ts';
import { type DestinationLine, DestinationLines } from './DestinationLines.tsx';
import { newSigningKey } from './signingKey.ts';

const words = channelPageWords.form;
type Security = 'tls' | 'starttls' | 'none';
const usualPort: Record<Security, string> = { tls: '465', starttls: '587', none: '25' };
const oneLine: DestinationLine[] = [{ address: '', staffId: '' }];

export function ChannelDialog(props: {
  communityId: string;
  /** null: a new one. */
  channel: Channel | null;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const { channel, communityId } = props;
  const mail = channel?.mail ?? null;
  const attempt = useIdempotencyKey();
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? 'wecom');
  const [name, setName] = useState(channel?.name ?? '');
  const [groups, setGroups] = useState<readonly ChannelGroup[]>(channel?.groups ?? ['out']);
  const [host, setHost] = useState(mail === null ? '' : (channel?.host ?? ''));
  const [security, setSecurity] = useState<Security>(mail?.security ?? 'tls');
  const [port, setPort] = useState(String(mail?.port ?? usualPort.tls));
  const [username, setUsername] = useState(mail?.username ?? '');
  const [password, setPassword] = useState('');
  const [from, setFrom] = useState(mail?.from ?? '');
  const [lines, setLines] = useState<DestinationLine[]>(
    mail?.destinations.map(({ id, address, staffId }) => ({ id, address, staffId: staffId ?? '' })) ?? oneLine,
  );
  const [url, setUrl] = useState('');
  const [signingKey, setSigningKey] = useState('');
  const staff = useQuery({
    queryKey: ['staff', communityId, 'all'],
    queryFn: ({ signal }) => call(staffRoutes.listStaff, { params: { communityId }, query: {}, signal }),
    enabled: kind === 'mail',
  });

  const bodyOf = (): ChannelBody | AmendChannelBody => {
    const shared = { name: name.trim(), groups: channelGroups.filter((group) => groups.includes(group)) };
    const typedUrl = url.trim() === '' ? {} : { url: url.trim() };
    if (kind === 'wecom') return { kind, ...shared, ...typedUrl };
    if (kind === 'webhook')
      return { kind, ...shared, ...typedUrl, ...(signingKey === '' ? {} : { signingKey: signingKey.trim() }) };
    return {
      kind,
      ...shared,
      host: host.trim(),
      port: Number(port),
      security,
      username: username.trim(),
      ...(password === '' ? {} : { password }),
      from: from.trim(),
      destinations: lines
        .filter((line) => line.address.trim() !== '')
        .map(({ id, address, staffId }) => ({
          ...(id === undefined ? {} : { id }),
          address: address.trim(),
          staffId: staffId === '' ? null : staffId,
        })),
    };
  };
  const submit = async () => {
    const body = bodyOf();
    if (channel === null)
      await call(channelRoutes.createChannel, { params: { communityId }, body: body as ChannelBody, key: attempt.key });
    else
      await call(channelRoutes.amendChannel, {
        params: { communityId, id: channel.id },
        body: { ...(body as AmendChannelBody), version: channel.version },
        key: attempt.key,
      });
    attempt.renew();
    await props.onDone();
  };
  const chooseSecurity = (chosen: Security | '') => {
    const next = chosen === '' ? 'tls' : chosen;
    if (port === usualPort[security]) setPort(usualPort[next]);
    setSecurity(next);
  };
  const toggle = (group: ChannelGroup) =>
    setGroups(groups.includes(group) ? groups.filter((one) => one !== group) : [...groups, group]);
  const isNew = channel === null;
  const isAddressed =
    kind === 'mail'
      ? host.trim() !== '' && from.trim() !== '' && lines.some((line) => line.address.trim() !== '')
      : !isNew || (url.trim() !== '' && (kind === 'wecom' || signingKey.trim() !== ''));
  const kept = isNew ? undefined : words.kept;
  return (
    <FormDialog
      title={isNew ? words.create : words.edit}
      isOpen
      widthPx={620}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      isReady={name.trim() !== '' && groups.length > 0 && isAddressed}
      shownFields={[
        'name',
        'host',
        'port',
        'security',
        'username',
        'password',
        'from',
        'url',
        'signingKey',
        ...lines.flatMap((_line, index) => [`destinations.${index}.address`, `destinations.${index}.staffId`]),
      ]}
    >
      {(fault) => (
        <>
          {isNew ? (
            <Choice
              label={words.kind}
              value={kind}
              words={channelKindWords}
              onChange={(chosen) => setKind(chosen === '' ? 'wecom' : chosen)}
            />
          ) : null}
          <Field
            label={words.name}
            hint={words.nameHint}
            value={name}
            maxLength={40}
            fault={fault('name')}
            onChange={(event) => setName(event.target.value)}
          />
          <fieldset className="channelgroups">
            <legend>{words.groups}</legend>
            {channelGroups.toReversed().map((group) => (
              <label key={group} className="row">
                <input type="checkbox" checked={groups.includes(group)} onChange={() => toggle(group)} />
                <span>
                  {channelGroupWords[group].name}
                  <span className="hint">{channelGroupWords[group].hint}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {kind === 'mail' ? (
            <>
              <div className="pair">
                <Field
                  label={words.host}
                  value={host}
                  spellCheck={false}
                  autoCapitalize="none"
                  autoComplete="off"
                  fault={fault('host')}
                  onChange={(event) => setHost(event.target.value)}
                />
                <Field
                  label={words.from}
                  value={from}
                  type="email"
                  autoComplete="off"
                  fault={fault('from')}
                  onChange={(event) => setFrom(event.target.value)}
                />
              </div>
              <div className="pair">
                <Choice<Security>
                  label={words.security}
                  value={security}
                  words={
                    (security === 'none'
                      ? { ...mailSecurityWords, ...plainSecurityWord }
                      : mailSecurityWords) as Record<Security, string>
                  }
                  fault={fault('security')}
                  onChange={chooseSecurity}
                />
                <Field
                  label={words.port}
                  value={port}
                  inputMode="numeric"
                  fault={fault('port')}
                  onChange={(event) => setPort(event.target.value.replaceAll(/\D/g, ''))}
                />
              </div>
              <div className="pair">
                <Field
                  label={words.username}
                  hint={words.usernameHint}
                  value={username}
                  autoComplete="off"
                  fault={fault('username')}
                  onChange={(event) => setUsername(event.target.value)}
                />
                <Field
                  label={words.password}
                  hint={mail?.isPasswordSet ? words.kept : undefined}
                  value={password}
                  type="password"
                  autoComplete="new-password"
                  fault={fault('password')}
                  onChange={(event) => setPassword(event.target.value)}
                />
              </div>
              <DestinationLines lines={lines} people={staff.data?.items ?? []} fault={fault} onChange={setLines} />
            </>
          ) : (
            <Field
              label={kind === 'wecom' ? words.robotUrl : words.url}
              hint={kept ?? (kind === 'wecom' ? words.robotHint : words.urlHint)}
              value={url}
              type="password"
              autoComplete="new-password"
              placeholder="https://"
              fault={fault('url')}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
          {kind === 'webhook' ? (
            <>
              <Field
                label={words.signingKey}
                hint={kept ?? words.signingHint}
                value={signingKey}
                spellCheck={false}
                autoComplete="off"
                fault={fault('signingKey')}
                onChange={(event) => setSigningKey(event.target.value)}
              />
              <div>
                <button type="button" className="linklike" onClick={() => setSigningKey(newSigningKey())}>
                  {words.makeKey}
                </button>
              </div>
            </>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}
