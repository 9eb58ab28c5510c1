// Words 词 of importing another system's fee settings, fees of rooms and meters.
import type { ChargeRejectionCode } from './charge-import.rules.ts';

export const chargeFormTitles = { unit: '房屋', item: '费用项', code: '表号', fees: '房屋费用' };

export const chargeRejectionWords: Record<ChargeRejectionCode, string> = {
  required: '请填写',
  not_a_number: '请写成数字（元）',
  not_a_day: '请写成日期，例如 2020-01-01',
  unknown_formula: '计算公式只认 1001（面积×单价+附加费）和 2002（固定费用），其他请在“收费项目”里另设',
  unknown_unit: '没有这个房屋；请先导入房屋，写成 楼栋-单元-房号',
  unknown_item: '没有这个收费项目；名称或编号要和费用设置一致',
  meter_elsewhere: '这个表号已经登记在别的房屋或项目',
  once_only: '一次性费用不按月出账，请在收费时单独录入',
  no_known_header: '没有认出表头：需要“费用设置”“房屋信息”或“水电表”的列名',
};
