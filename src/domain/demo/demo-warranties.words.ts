// The demo's warranty register in words: firms, whom to ring, and what they answer for. Names and numbers are invented.

export type DemoFirm = {
  name: string;
  trades: readonly string[];
  /** User names of those who sign in, in the order of the list; the others are rung. */
  people: readonly { name: string; duty: string; phone: string; username?: string }[];
  /** Days before the day of filling; null: still running. */
  from: number;
  until: number | null;
  note?: string;
};

export type DemoTerm = {
  covers: 'units' | 'common';
  category: string;
  part?: string;
  months: number;
  /** Counts from so many days before the day of filling instead of the delivery. */
  startsDaysAgo?: number;
  /** Firms by name, the first from the beginning, each later one from so many days ago. */
  keepers: readonly { firm: string; fromDaysAgo?: number }[];
};

export const demoRegister: Record<'LYHT' | 'CTJY', { firms: readonly DemoFirm[]; terms: readonly DemoTerm[] }> = {
  LYHT: {
    firms: [
      {
        name: '华安机电工程有限公司',
        trades: ['water', 'electricity', 'drainage', 'heating', 'gas', 'appliance', 'public-area', 'other'],
        people: [
          { name: '章建明', duty: '项目经理', phone: '19900010021', username: 'contractor' },
          { name: '卢师傅', duty: '水电班长', phone: '19900010022' },
        ],
        from: 1500,
        until: null,
        note: '水电、暖通维保；夜间先打项目经理电话。',
      },
      {
        name: '固盾防水工程有限公司',
        trades: ['walls-roof', 'doors-windows'],
        people: [
          { name: '秦国强', duty: '售后主管', phone: '19900010031', username: 'contractor-walls' },
          { name: '何师傅', duty: '防水班组', phone: '19900010032' },
        ],
        from: 420,
        until: null,
      },
      {
        name: '宏远建筑装饰有限公司',
        trades: ['walls-roof'],
        people: [{ name: '谭经理', duty: '保修联系人', phone: '19900010041' }],
        from: 2200,
        until: 421,
        note: '合同到期，屋面防水改由固盾负责。',
      },
      {
        name: '迅安电梯服务有限公司',
        trades: ['lift'],
        people: [{ name: '梁工', duty: '维保组长', phone: '19900010051', username: 'contractor-lift' }],
        from: 900,
        until: null,
      },
    ],
    terms: [
      { covers: 'units', category: 'water', months: 24, keepers: [{ firm: '华安机电工程有限公司' }] },
      { covers: 'units', category: 'electricity', months: 24, keepers: [{ firm: '华安机电工程有限公司' }] },
      { covers: 'units', category: 'drainage', months: 24, keepers: [{ firm: '华安机电工程有限公司' }] },
      { covers: 'units', category: 'doors-windows', months: 24, keepers: [{ firm: '固盾防水工程有限公司' }] },
      {
        covers: 'units',
        category: 'walls-roof',
        part: '屋面、外墙面防渗漏',
        months: 60,
        keepers: [{ firm: '宏远建筑装饰有限公司' }, { firm: '固盾防水工程有限公司', fromDaysAgo: 420 }],
      },
      {
        covers: 'units',
        category: 'walls-roof',
        part: '墙面、顶棚抹灰',
        months: 24,
        keepers: [{ firm: '固盾防水工程有限公司' }],
      },
      {
        covers: 'common',
        category: 'lift',
        months: 24,
        startsDaysAgo: 500,
        keepers: [{ firm: '迅安电梯服务有限公司' }],
      },
    ],
  },
  CTJY: {
    firms: [
      {
        name: '宏业建设集团有限公司',
        trades: ['water', 'electricity', 'drainage', 'doors-windows', 'walls-roof', 'other'],
        people: [
          { name: '冯经理', duty: '保修办', phone: '19900020021', username: 'contractor-b' },
          { name: '邹师傅', duty: '维修班组', phone: '19900020022' },
        ],
        from: 1500,
        until: null,
      },
    ],
    terms: [
      ...['water', 'electricity', 'drainage', 'doors-windows'].map((category) => ({
        covers: 'units' as const,
        category,
        months: 24,
        keepers: [{ firm: '宏业建设集团有限公司' }],
      })),
      { covers: 'units', category: 'walls-roof', months: 60, keepers: [{ firm: '宏业建设集团有限公司' }] },
    ],
  },
};
