// Words 词 of permissions 权限 and how far they reach, for the table that people read.
import type { Breadth, Permission } from './permission.rules.ts';

export const permissionWords: Record<Permission, string> = {
  'household.read': '查看房户（敏感信息遮盖）和搜索',
  'household.reveal-phone': '显示电话和邮箱',
  'household.reveal-identity': '显示证件号码',
  'household.write': '登记和更正房户资料',
  'household.memory': '查看和填写住户备忘',
  'import.run': '导入表格',
  'contact.write': '登记来电来访',
  'contact.read': '查看前台台账',
  'contact.review': '检查前台台账',
  'telephone.write': '电话系统上报来电',
  'case.read': '查看事项',
  'repair.create': '登记报修',
  'repair.move': '办理报修',
  'enquiry.move': '答复咨询和建议',
  'attachment.write': '上传照片和附件',
  'clock.read': '查看时限',
  'staff.read': '查看员工和职位',
  'roster.read': '查看值班与请假',
  'roster.write': '登记请假和排班',
  'standard.read': '查看服务标准',
  'price-list.read': '查看现行维修收费标准',
  'price-list.versions': '查看收费标准的各个版本',
  'price-list.edit': '起草和提交收费标准',
  'price-list.approve': '批准收费标准',
  'holiday.write': '载入放假安排，另行规定上班日和休息日',
  'wall.read': '查看大屏',
  'feed.read': '接收实时更新',
  'audit.read': '查看操作记录',
  'account.write': '新建、停用账号，重设密码',
  'role.grant': '授予和收回职位',
  'token.write': '发放接口令牌',
  'setting.write': '修改系统设置、通知渠道',
  'backup.read': '查看备份情况',
};

export const breadthWords: Record<Breadth, { short: string; long: string }> = {
  community: { short: '全', long: '整个小区' },
  department: { short: '部', long: '本部门' },
  area: { short: '区', long: '责任区' },
  own: { short: '己', long: '与自己有关的' },
};

export const permissionPageWords = {
  title: '权限一览',
  lead: '每个职位能做什么、能做到多大范围。没有写的一律不能做；一人有几个职位时，按范围最大的算。',
  permission: '权限',
  no: '不能',
  legend: '范围',
  filterRole: '只看职位',
  allRoles: '全部职位',
  cell: (role: string, permission: string, reach: string) => `${role}：${permission}，${reach}`,
};
