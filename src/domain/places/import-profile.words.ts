// The forms 表样 an import knows, by their headers: our own template and the two forms that MicroCommunity
// ships. Pure data; a form of another system is one more entry.
import type { ImportProfile, RelationKind, UnitState, UnitUsage } from './import.contract.ts';

const usages: Record<string, UnitUsage> = {
  住宅: 'residential',
  商铺: 'shop',
  办公: 'office',
  办公室: 'office',
  宿舍: 'dormitory',
  车库: 'garage',
  储藏室: 'storage',
  其他: 'other',
};
const states: Record<string, UnitState> = {
  未售: 'unsold',
  未销售: 'unsold',
  空置: 'vacant',
  已入住: 'occupied',
  入住: 'occupied',
  自住: 'occupied',
  装修中: 'renovating',
  装修: 'renovating',
  出租: 'let',
  已出租: 'let',
};
const relations: Record<string, RelationKind> = {
  业主: 'owner',
  产权人: 'owner',
  租户: 'lessee',
  租客: 'lessee',
  承租人: 'lessee',
  家庭成员: 'family',
  家属: 'family',
  照护人: 'carer',
  保姆: 'carer',
  联系人: 'contact',
  临时人员: 'contact',
};
const partyKinds = { 个人: 'person', 单位: 'company', 公司: 'company', 企业: 'company' } as const;

const building = ['楼栋', '楼栋号', '楼栋编号', '楼号', '栋号', '楼栋名称'];
const entrance = ['单元', '单元号', '单元编号'];
const room = ['房号', '房屋编号', '房间', '房间号', '室号', '门牌号'];

/** Our own template; the sheets are recognised by headers, so they may be renamed. */
const own: ImportProfile = {
  code: 'guanjia',
  usages,
  states,
  relations,
  partyKinds,
  emptyPhones: [],
  emptyIdentities: [],
  sheets: [
    {
      code: 'units',
      rows: 'units',
      columns: {
        building,
        entrance,
        room,
        area: ['建筑面积', '面积'],
        usage: ['用途', '房屋用途'],
        state: ['状态', '房屋状态'],
        deliveredOn: ['交付日期', '交房日期'],
      },
      required: ['building', 'room', 'area'],
      filled: ['building', 'room'],
    },
    {
      code: 'people',
      rows: 'people',
      columns: {
        building,
        entrance,
        room,
        name: ['姓名', '姓名或单位名称', '住户姓名', '业主姓名', '单位名称'],
        relation: ['关系', '与房屋关系', '住户类型'],
        partyKind: ['个人或单位', '类型'],
        phone: ['手机号', '电话', '联系电话', '手机', '手机号码'],
        identity: ['证件号码', '身份证号', '身份证号码'],
        sharePercent: ['产权份额', '份额'],
        fromOn: ['起始日期', '入住日期'],
        untilOn: ['截止日期', '到期日期'],
      },
      required: ['building', 'room', 'name', 'relation'],
      filled: ['building', 'room', 'name', 'relation'],
    },
    {
      code: 'vehicles',
      rows: 'vehicles',
      columns: { plate: ['车牌号', '车牌', '车牌号码'], building, entrance, room, name: ['车主', '车主姓名'] },
      required: ['plate', 'building', 'room'],
      filled: ['plate', 'building', 'room'],
    },
  ],
};

const microUsages: Record<string, UnitUsage> = { '110': 'residential', '119': 'dormitory', '120': 'office', ...usages };
const microStates: Record<string, UnitState> = {
  '2001': 'occupied',
  '2002': 'unsold',
  '2003': 'vacant',
  '2004': 'vacant',
  '2005': 'vacant',
  '2006': 'let',
  '2007': 'vacant',
  '2008': 'vacant',
  '2009': 'renovating',
  ...states,
};
const microRelations: Record<string, RelationKind> = {
  '1001': 'owner',
  '1002': 'family',
  '1003': 'lessee',
  '1004': 'contact',
  ...relations,
};
const microCommon = {
  usages: microUsages,
  states: microStates,
  relations: microRelations,
  partyKinds,
  // The form asks for these where there is no number.
  emptyPhones: ['18999999999'],
  emptyIdentities: ['111111111111111111'],
};

/** Buildings, owners, rooms and parking spaces on sheets of their own, tied by the owner's number. */
const microHouseholds: ImportProfile = {
  code: 'microcommunity-hc',
  ...microCommon,
  sheets: [
    {
      code: 'buildings',
      rows: 'buildings',
      columns: { building: ['楼栋号'], entrance: ['单元编号'] },
      required: ['building', 'entrance'],
      filled: ['building'],
    },
    {
      code: 'owners',
      rows: 'owners',
      columns: {
        name: ['业主名称'],
        phone: ['手机号'],
        identity: ['身份证号'],
        relation: ['业主类型'],
        ownerNo: ['业主编号'],
      },
      required: ['name', 'ownerNo', 'relation'],
      filled: ['name', 'ownerNo', 'relation'],
    },
    {
      code: 'rooms',
      rows: 'units',
      columns: {
        room: ['房屋编号'],
        building: ['楼栋编号'],
        entrance: ['单元编号'],
        area: ['建筑面积'],
        ownerNo: ['业主编号'],
        usage: ['房屋类型'],
      },
      required: ['room', 'building', 'entrance', 'ownerNo'],
      filled: ['room', 'building'],
    },
    {
      code: 'parking',
      rows: 'vehicles',
      columns: { plate: ['车牌号'], ownerNo: ['业主编号'] },
      required: ['plate', 'ownerNo'],
      filled: ['plate', 'ownerNo'],
      skipWithout: 'plate',
    },
  ],
};

/** One sheet, one row per room and person. */
const microRooms: ImportProfile = {
  code: 'microcommunity-rooms',
  ...microCommon,
  sheets: [
    {
      code: 'assets',
      rows: 'people',
      columns: {
        building: ['楼号'],
        entrance: ['单元'],
        room: ['房间'],
        area: ['建筑面积'],
        usage: ['房屋类型'],
        state: ['房屋状态'],
        name: ['业主名称'],
        phone: ['手机号'],
        identity: ['身份证号'],
        relation: ['业主类型'],
      },
      required: ['building', 'entrance', 'room', 'name', 'relation'],
      filled: ['building', 'room'],
    },
  ],
};

export const importProfiles: readonly ImportProfile[] = [own, microHouseholds, microRooms];

/** Sheets that explain: read by people only. */
export const notesSheetPattern = /^(?:说明|填写说明|示例|样例)/;
/** Units written behind a figure: 94.56㎡, 50%. */
export const areaUnitPattern = /(?:平方米|平米|㎡|m²|m2)$/i;
/** Several people in one cell; 、 and the comma separate them. */
export const nameSeparator = /[,，、;；/]/;
/** A name that is a company's. */
export const companyPattern = /(?:公司|集团|厂|银行|学校|医院|中心|委员会|事务所|店)$/;
