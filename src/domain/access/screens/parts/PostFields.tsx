// Which post 职位, where, in which department: the fields that giving one and a new account share.
import { Choice } from '../../../../ui/Choice.tsx';
import { accountWords } from '../../account.words.ts';
import { isBelowManager } from '../../grant.rules.ts';
import { type Department, departments, type Role, roles } from '../../role.contract.ts';
import { departmentWords, roleWords } from '../../role.words.ts';
import { useCommunity, useSession } from './session.ts';

const words = accountWords;

/** `where`: '' the community one works in, `all` the whole organization, else another community's id. */
export type PostChoice = { role: Role | ''; where: string; department: Department | '' };

export const grantOf = (post: PostChoice, communityId: string) =>
  post.role === ''
    ? null
    : {
        role: post.role,
        communityId: post.where === 'all' ? null : post.where === '' ? communityId : post.where,
        department: post.department === '' ? null : post.department,
      };

export function PostFields(props: { post: PostChoice; onChange: (post: PostChoice) => void }) {
  const { post, onChange } = props;
  const { me } = useSession();
  const community = useCommunity();
  const isAdmin = community.roles.includes('admin');
  const open = roles.filter((role) => isAdmin || isBelowManager(role));
  const places = {
    ...Object.fromEntries(
      me.communities
        .filter((one) => one.id !== community.id && one.permissions.includes('role.grant'))
        .map((one) => [one.id, one.name]),
    ),
    ...(isAdmin ? { all: words.posts.everywhere } : {}),
  };
  return (
    <>
      <Choice
        label={words.posts.role}
        none={words.posts.choose}
        value={post.role}
        words={Object.fromEntries(open.map((role) => [role, roleWords[role]])) as Record<Role, string>}
        onChange={(role) => onChange({ ...post, role })}
      />
      <div className="pair">
        <Choice
          label={words.posts.where}
          none={community.name}
          value={post.where}
          words={places}
          onChange={(where) => onChange({ ...post, where })}
        />
        <Choice
          label={words.posts.department}
          none={words.posts.noDepartment}
          value={post.department}
          words={
            Object.fromEntries(departments.map((one) => [one, departmentWords[one]])) as Record<Department, string>
          }
          onChange={(department) => onChange({ ...post, department })}
        />
      </div>
    </>
  );
}
