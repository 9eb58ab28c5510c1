// A payment taken elsewhere 缴费历史 as the other system's list said it, behind the paid charges that stand for it.
export type PaidElsewhere = {
  from: string;
  until: string;
  paidOn: string;
  dueFen: number;
  paidFen: number;
  receiptCode: string;
  cashier: string;
  note: string;
};
