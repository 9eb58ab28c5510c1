// What the demo's communities charge: items with their prices, raised once within the year, and the notice to pay.
import type { ChargeKind, PriceRule } from '../charges/charge.contract.ts';

export type DemoItem = {
  code: string;
  name: string;
  kind: ChargeKind;
  /** The price of the first month, and the one after the meeting of owners. */
  rules: readonly [PriceRule, ...PriceRule[]];
  note: string;
};

const car = (fen: number): PriceRule => ({
  kind: 'vehicle',
  classes: [{ code: 'car', name: '小型车', amountFen: fen }],
});
const area = (priceTenThousandths: number): PriceRule => ({ kind: 'area', areaOf: 'built', priceTenThousandths });
/** Per cubic metre up to 15 a month; a half more up to 22, three times as much beyond. */
const water = (priceTenThousandths: number): PriceRule => ({
  kind: 'metered',
  tiers: [
    { upToThousandths: 15_000, priceTenThousandths },
    { upToThousandths: 22_000, priceTenThousandths: (priceTenThousandths * 3) / 2 },
    { upToThousandths: null, priceTenThousandths: priceTenThousandths * 3 },
  ],
  tiersOf: 'month',
  publicShare: { by: 'household', priceTenThousandths },
});

export const demoItems: Record<'LYHT' | 'CTJY', readonly DemoItem[]> = {
  LYHT: [
    {
      code: 'WY',
      name: '物业管理费',
      kind: 'management',
      rules: [area(38_000), area(42_000)],
      note: '前期物业服务合同',
    },
    {
      code: 'LJ',
      name: '生活垃圾清运费',
      kind: 'other',
      rules: [{ kind: 'fixed', amountFen: 800 }],
      note: '政府指导价',
    },
    { code: 'TC', name: '地下车库停车管理费', kind: 'parking', rules: [car(15_000)], note: '停车管理协议' },
  ],
  CTJY: [
    {
      code: 'WY',
      name: '物业管理费',
      kind: 'management',
      rules: [area(19_500), area(21_000)],
      note: '前期物业服务合同',
    },
    { code: 'GT', name: '公共能耗分摊', kind: 'other', rules: [{ kind: 'fixed', amountFen: 1_250 }], note: '按户分摊' },
    {
      code: 'SF',
      name: '自来水费（代收）',
      kind: 'water',
      rules: [water(32_000), water(34_500)],
      note: '供水公司阶梯水价，代收代缴',
    },
    { code: 'TC', name: '地面停车费', kind: 'parking', rules: [car(10_000)], note: '停车管理协议' },
  ],
};
export const raisedNote = '业主大会表决通过';
export const demoNoticeText =
  '缴费时间：每日 8:30–17:30；地点：客户服务中心前台。\n可现金、刷卡、转账或线上支付；请认准加盖公司财务章的收据。';
export const demoTermReason = '样板间使用协议，协议期内减半';
export const demoFreeReason = '漏水维修期间减免';
