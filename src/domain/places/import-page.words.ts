// Words 词 of the import page 导入: choosing, trying, taking in, what came of it, taking back.
import type { ImportKind, ImportState } from './import-run.contract.ts';

const count = (value: number) => value.toLocaleString('zh-CN');

export const importStateWords: Record<ImportState, string> = {
  received: '等待',
  running: '进行中',
  previewed: '试运行',
  rejected: '有错未写入',
  done: '已导入',
  failed: '失败',
  undoing: '撤销中',
  undone: '已撤销',
};

export const importKindWords: Record<ImportKind, string> = {
  households: '房屋和住户',
  cases: '事项',
  complaints: '旧投诉',
  contractors: '维保单位和保修约定',
  charges: '收费项目、房屋费用和表具',
  payments: '以前的缴费历史',
  hotline: '热线旧事项',
};

/** The nouns that an import counts. */
export const importNounWords: Record<string, string> = {
  building: '楼栋',
  unit: '房屋',
  party: '住户',
  relation: '住户与房屋的关系',
  vehicle: '车辆',
  case: '事项',
  contractor: '维保单位',
  'contractor-person': '维保单位联系人',
  'warranty-term': '保修约定',
  'charge-item': '收费项目',
  'charge-term': '房屋费用',
  meter: '表具',
  'payment-history': '缴费记录',
  charge: '已缴的费用',
};

export const importProfileWords: Record<string, string> = {
  guanjia: '本系统模板',
  'microcommunity-hc': 'HC 小区管理系统导出表',
  'microcommunity-rooms': 'HC 小区管理系统房屋表',
};

export const importPageWords = {
  title: '导入',
  lead: '先试运行，看清楚会改动什么，再写入。试运行不改动任何资料。',
  template: '下载导入模板',
  kind: '导入内容',
  choose: '把 Excel 表格拖到这里，或点击选择',
  chooseHint: '.xlsx，一次可导入十万户；旧格式 .xls 请先另存为 .xlsx',
  drop: '松开即可选择这个文件',
  chosen: (name: string, megabytes: string) => `${name}（${megabytes}）`,
  megabytes: (bytes: number) =>
    bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`,
  another: '换一个文件',
  tryRun: '试运行',
  write: '写入',
  writing: '正在写入',
  trying: '正在试运行',
  progress: (rows: number) => `已读 ${count(rows)} 行`,
  upload: '正在上传文件…',
  partial: '跳过有错的行，其余照常写入',
  partialHint: '不勾选时，只要有一行不对，就什么都不写入',
  mustMend: '有错误的行。请改好表格后重新选择，或勾选“跳过有错的行”。',
  nothingToDo: '表格内容与系统一致，没有需要写入的内容。',
  otherFile: '选了另一个文件，请重新试运行。',

  result: {
    previewTitle: '试运行结果',
    doneTitle: '导入结果',
    rows: '表格行数',
    accepted: '可以导入',
    rejected: '有错误',
    lines: (rows: number) => `${count(rows)} 行`,
    changes: '会有这些改动',
    changed: '已有这些改动',
    noun: '内容',
    created: '新建',
    updated: '更正',
    unchanged: (rows: number) => `另有 ${count(rows)} 项与系统一致，不改动`,
    profile: '识别为',
    ignored: '没有读取的内容',
    ignoredSheet: (sheet: string, reason: string) => `工作表“${sheet}”：${reason}`,
    ignoredColumn: (sheet: string, columns: string) => `工作表“${sheet}”的列：${columns}`,
    done: (written: number) => `已写入 ${count(written)} 项。`,
    doneNothing: '表格内容与系统一致，没有改动。',
    failed: '导入没有完成，什么都没有写入。',
    rejectedAll: '有错误的行，什么都没有写入。',
    toHouseholds: '查看房户',
    toCases: '查看事项',
    toContractors: '查看维保单位',
    toChargeItems: '查看收费项目',
    report: '下载错误行（Excel）',
  },
  rejected: {
    title: '有错误的行',
    shown: (shown: number, all: number) => `显示前 ${count(shown)} 行，共 ${count(all)} 行，全部请下载`,
    all: (all: number) => `${count(all)} 行`,
    sheet: '工作表',
    row: '行',
    column: '列',
    read: '读到',
    expected: '应为',
    blank: '（空）',
    hidden: '您的职位只显示错误，不显示内容',
  },
  history: {
    title: '导入记录',
    none: '还没有导入过',
    when: '时间',
    file: '文件',
    state: '结果',
    by: '操作人',
    counts: '行数',
    written: '写入',
    open: '查看',
    undo: '撤销',
    undoTitle: (file: string) => `撤销导入“${file}”`,
    undoText: (written: number) =>
      `这次导入写入的 ${count(written)} 项会全部收回：新建的删除，更正的恢复原样。已被使用的内容不能撤销。`,
    undoing: '正在撤销，可以离开本页；完成前不能再导入',
    undone: (when: string) => `${when} 撤销`,
    more: '更早的导入',
  },
} as const;
