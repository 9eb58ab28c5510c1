import { describe, expect, it } from 'vitest';
import { Person, useHouse } from '../../../tests/house.ts';
import { addAccount, addToken } from '../../domain/access/terminal.service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { instantOf } from '../../kernel/time.ts';
import { noteOf } from './account.command.ts';

describe('accounts and tokens made at the terminal', () => {
  const house = useHouse();

  const front = (communityCode: string, username: string) => ({
    username,
    name: '林小满',
    role: 'front_desk' as const,
    communityCode,
    department: null,
    password: null,
  });

  it('an account signs in with the password that was shown once, and holds its post in that community only', async () => {
    const [mine, other] = [await house.community(), await house.community()];
    const password = await addAccount(house.house, front(mine.code, 'lin.one'), noteOf(house.house));
    const person = await new Person(house, '', 'lin.one').signIn(password ?? '');
    // Somebody else chose it: nothing is open before it is changed.
    const early = await person.get(`${mine.path}/cases`);
    expect([early.status, early.body.code]).toEqual([403, 'password_change_required']);
    const next = 'seven calm rivers';
    const changed = await person.post('/me/password', { currentPassword: password, newPassword: next });
    expect(changed.status).toBeLessThan(300);
    await person.signIn(next);
    expect((await person.get(`${mine.path}/cases`)).status).toBe(200);
    expect((await person.get(`${other.path}/cases`)).status).toBe(404);
    const audit = await house.asOwner("select action from audit_log where action in ('account.create', 'role.grant')");
    expect(audit).toHaveLength(2);
  });

  it('a name that is taken, or a community that is none, is refused', async () => {
    const { code } = await house.community();
    await addAccount(house.house, front(code, 'lin.two'), noteOf(house.house));
    await expect(addAccount(house.house, front(code, 'LIN.two'), noteOf(house.house))).rejects.toThrow(Refusal);
    await expect(addAccount(house.house, front('NOWHERE', 'lin.three'), noteOf(house.house))).rejects.toThrow(Refusal);
  });

  it('a token reads what its permissions name and nothing else, until its end', async () => {
    const community = await house.community();
    await addAccount(house.house, front(community.code, 'lin.four'), noteOf(house.house));
    const ask = async (until: string) => {
      const token = await addToken(
        house.house,
        { name: '报表', username: 'lin.four', communityCodes: [community.code], permissions: ['case.read'], until },
        noteOf(house.house),
      );
      const status = async (path: string) =>
        (
          await fetch(`${house.address}/api/v1${community.path}${path}`, {
            headers: { authorization: `Bearer ${token}` },
          })
        ).status;
      return [await status('/cases'), await status('/units?q=1')];
    };
    expect(await ask(instantOf(Date.now() + 60_000))).toEqual([200, 403]);
    expect(await ask(instantOf(Date.now() - 60_000))).toEqual([401, 401]);
  });
});
