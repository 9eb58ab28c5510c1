// Words 词 of posts 职位 and departments 部门.
import type { Department, Role } from './role.contract.ts';

export const roleWords: Record<Role, string> = {
  general_manager: '总经理',
  head_office: '总经办',
  manager: '管理处经理',
  cs_supervisor: '客服主管',
  front_desk: '前台',
  chief_butler: '大管家',
  butler: '管家',
  customer_assistant: '客户助理',
  cashier: '收款员',
  finance: '财务',
  engineering_supervisor: '工程主管',
  technician: '维修人员',
  duty_technician: '维修值班人员',
  order_supervisor: '秩序主管',
  environment_supervisor: '环境主管',
  environment_assistant: '环境助理',
  hr_admin: '人事行政',
  cook: '厨工',
  contractor: '维保单位',
  auditor: '内审员',
  resident: '住户',
  owners_committee: '业委会',
  developer: '开发商',
  rental_agency: '房产中介部',
  admin: '系统管理员',
};

export const departmentWords: Record<Department, string> = {
  'customer-service': '客户服务部',
  engineering: '工程部',
  order: '秩序维护部',
  environment: '环境部',
  finance: '财务部',
  hr: '人事行政部',
};
