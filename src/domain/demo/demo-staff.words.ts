// The staff of the demo communities: user name, name, posts. The user names are part of the public interface.
import type { Role } from '../access/role.contract.ts';

export type DemoAccount = {
  username: string;
  name: string;
  roles: readonly Role[];
  department?: string;
  /** Buildings of a butler's area 责任区, by number. */
  buildings?: readonly number[];
};

/** Posts in the whole organization. */
export const organizationStaff: readonly DemoAccount[] = [
  { username: 'gm', name: '方建业', roles: ['general_manager'] },
  { username: 'admin', name: '许文彬', roles: ['admin'] },
];

export const staffOf: Record<'LYHT' | 'CTJY', readonly DemoAccount[]> = {
  LYHT: [
    { username: 'manager', name: '陆振宇', roles: ['manager'] },
    { username: 'supervisor', name: '沈静文', roles: ['cs_supervisor'] },
    { username: 'desk', name: '林小满', roles: ['front_desk'] },
    { username: 'desk2', name: '何雨晴', roles: ['front_desk'] },
    { username: 'desk3', name: '钟思敏', roles: ['front_desk'] },
    { username: 'chief-butler', name: '顾清和', roles: ['chief_butler'], buildings: [1] },
    { username: 'butler', name: '苏婉宁', roles: ['butler'], buildings: [1, 2, 3] },
    { username: 'butler2', name: '程子墨', roles: ['butler'], buildings: [4, 5, 6] },
    { username: 'butler3', name: '白若溪', roles: ['butler'], buildings: [7, 8, 9] },
    { username: 'butler4', name: '唐亦安', roles: ['butler'], buildings: [10, 11, 12] },
    { username: 'cashier', name: '赵敏', roles: ['cashier'] },
    { username: 'cashier2', name: '丁玉洁', roles: ['cashier'] },
    { username: 'finance', name: '蒋丽华', roles: ['finance'] },
    { username: 'engineer', name: '刘建国', roles: ['engineering_supervisor'] },
    { username: 'tech1', name: '周海涛', roles: ['technician'] },
    { username: 'tech2', name: '赵立军', roles: ['technician'] },
    { username: 'tech3', name: '孙志远', roles: ['technician'] },
    { username: 'tech4', name: '马国庆', roles: ['technician'] },
    { username: 'duty1', name: '韩卫东', roles: ['duty_technician'] },
    { username: 'contractor', name: '华安机电', roles: ['contractor'] },
    { username: 'contractor-walls', name: '固盾防水', roles: ['contractor'] },
    { username: 'contractor-lift', name: '迅安电梯', roles: ['contractor'] },
    { username: 'env', name: '黄秋实', roles: ['environment_supervisor'] },
    { username: 'env2', name: '黎春燕', roles: ['environment_assistant'] },
    { username: 'order', name: '魏铁军', roles: ['order_supervisor'] },
    { username: 'hr', name: '宋佳慧', roles: ['hr_admin'] },
    { username: 'auditor', name: '严正清', roles: ['auditor'] },
  ],
  CTJY: [
    { username: 'manager-b', name: '邱明远', roles: ['manager'] },
    { username: 'supervisor-b', name: '田雅琴', roles: ['cs_supervisor'] },
    { username: 'desk-b', name: '叶晓彤', roles: ['front_desk'] },
    { username: 'desk-b2', name: '彭佳宜', roles: ['front_desk'] },
    { username: 'butler-b', name: '罗思源', roles: ['butler'], buildings: [1, 2, 3, 4, 5] },
    { username: 'butler-b2', name: '袁梦竹', roles: ['butler'], buildings: [6, 7, 8, 9] },
    { username: 'cashier-b', name: '夏玉珍', roles: ['cashier'] },
    { username: 'finance-b', name: '汤慧敏', roles: ['finance'] },
    { username: 'engineer-b', name: '段永刚', roles: ['engineering_supervisor'] },
    { username: 'tech-b', name: '郭大海', roles: ['technician'] },
    { username: 'tech-b2', name: '石磊', roles: ['technician'] },
    { username: 'tech-b3', name: '尹长春', roles: ['technician'] },
    { username: 'duty-b', name: '龚建军', roles: ['duty_technician'] },
    { username: 'contractor-b', name: '宏业建设', roles: ['contractor'] },
    { username: 'env-b', name: '史春兰', roles: ['environment_supervisor'] },
    { username: 'env-b2', name: '贺小兰', roles: ['environment_assistant'] },
    { username: 'order-b', name: '雷震', roles: ['order_supervisor'] },
  ],
};

/** A resident of unit 101 in the first building of A; the name is that party's. */
export const residentAccount = { username: 'owner1', community: 'LYHT' } as const;
