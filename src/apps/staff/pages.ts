// The pages of the staff app, in the order of the list at the left: a slice that has a page adds its line here.
// What isn't here doesn't exist: the list shows nothing that can't be opened.
import {
  AccountBookOutlined,
  AuditOutlined,
  BarChartOutlined,
  BookOutlined,
  CalculatorOutlined,
  CalendarOutlined,
  CarOutlined,
  CarryOutOutlined,
  ContainerOutlined,
  DashboardOutlined,
  FieldNumberOutlined,
  FileTextOutlined,
  HomeOutlined,
  IdcardOutlined,
  LockOutlined,
  MailOutlined,
  MoneyCollectOutlined,
  PhoneOutlined,
  ProfileOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  SmileOutlined,
  SnippetsOutlined,
  TagsOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { useCounts } from './counts.ts';
import type { PageName } from './staff.words.ts';

export type StaffPage = {
  /** Behind `/c/{community code}/`; parameters with a dollar: `repairs/$repairId`. */
  path: string;
  /** Shown in the list under this name; without it the page is reached from others. */
  name?: PageName;
  /** What its tab is called where it isn't in the list. */
  title?: PageName;
  /** The line of the list that stays marked while one is here. */
  under?: string;
  /** Lines of the list with the same group stand together. */
  group?: 'now' | 'money' | 'tell' | 'know';
  icon?: ComponentType;
  /** Who works with it sees it in the list itself; whoever only may look finds it folded under 更多. */
  usedWith?: string;
  /** Needed to see it; null: everybody of the community. */
  permission: string | null;
  /** Left out: everybody's with the permission; a contractor's pages and the house's own are two faces. */
  audience?: 'house' | 'contractor';
  /** Opens it from anywhere: `f4`. */
  hotkey?: string;
  /** Stands alone in the window, without the frame: the wall board. */
  isBare?: true;
  load: () => Promise<ComponentType>;
};

export const pages: readonly StaffPage[] = [
  {
    path: 'desk',
    audience: 'house',
    name: 'desk',
    group: 'now',
    icon: DashboardOutlined,
    permission: 'case.read',
    load: async () => (await import('../../domain/workbench/screens/DeskScreen.tsx')).DeskScreen,
  },
  {
    path: 'cases',
    audience: 'house',
    name: 'board',
    group: 'now',
    icon: UnorderedListOutlined,
    permission: 'case.read',
    load: async () => (await import('./BoardPage.tsx')).BoardPage,
  },
  {
    path: 'contacts',
    name: 'ledger',
    group: 'now',
    icon: BookOutlined,
    permission: 'contact.read',
    load: async () => (await import('../../domain/contacts/screens/LedgerScreen.tsx')).LedgerScreen,
  },
  {
    path: 'contacts/new',
    title: 'newContact',
    permission: 'contact.write',
    hotkey: 'f2',
    load: async () => (await import('../../domain/contacts/screens/NewContactScreen.tsx')).NewContactScreen,
  },
  {
    path: 'follow-ups',
    name: 'followUps',
    group: 'now',
    icon: PhoneOutlined,
    permission: 'follow-up.read',
    load: async () => (await import('../../domain/follow-ups/screens/FollowUpsScreen.tsx')).FollowUpsScreen,
  },
  {
    path: 'follow-ups/analysis',
    title: 'followUpMonth',
    under: 'follow-ups',
    permission: 'follow-up.analysis',
    load: async () => (await import('../../domain/follow-ups/screens/FollowUpMonthScreen.tsx')).FollowUpMonthScreen,
  },
  {
    path: 'follow-ups/$followUpId',
    title: 'followUp',
    permission: 'follow-up.read',
    load: async () => (await import('../../domain/follow-ups/screens/FollowUpScreen.tsx')).FollowUpScreen,
  },
  {
    path: 'follow-ups/$followUpId/print',
    title: 'followUpSlip',
    under: 'follow-ups',
    permission: 'follow-up.read',
    load: async () => (await import('../../domain/follow-ups/screens/FollowUpSlipScreen.tsx')).FollowUpSlipScreen,
  },
  {
    path: 'letters',
    audience: 'house',
    name: 'letters',
    group: 'now',
    icon: MailOutlined,
    permission: 'letter.read',
    load: async () => (await import('../../domain/letters/screens/LettersScreen.tsx')).LettersScreen,
  },
  {
    path: 'letters/$letterId',
    title: 'letter',
    under: 'letters',
    permission: 'letter.read',
    load: async () => (await import('../../domain/letters/screens/LetterScreen.tsx')).LetterScreen,
  },
  {
    path: 'letters/$letterId/print/$replyId',
    title: 'letterPrint',
    under: 'letters',
    permission: 'letter.read',
    load: async () => (await import('../../domain/letters/screens/ReplyPrintScreen.tsx')).ReplyPrintScreen,
  },
  {
    path: 'approvals',
    audience: 'house',
    name: 'approvals',
    group: 'now',
    icon: AuditOutlined,
    permission: 'approval.read',
    load: async () => (await import('../../domain/approvals/screens/ApprovalsScreen.tsx')).ApprovalsScreen,
  },
  {
    path: 'visits',
    name: 'visits',
    group: 'now',
    icon: IdcardOutlined,
    permission: 'visit.read',
    load: async () => (await import('../../domain/visits/screens/VisitsScreen.tsx')).VisitsScreen,
  },
  {
    path: 'visits/$visitId',
    title: 'visit',
    under: 'visits',
    permission: 'visit.read',
    load: async () => (await import('../../domain/visits/screens/VisitScreen.tsx')).VisitScreen,
  },
  {
    path: 'visits/$visitId/print',
    title: 'visitRecord',
    under: 'visits',
    permission: 'visit.read',
    load: async () => (await import('../../domain/visits/screens/VisitPrintScreen.tsx')).VisitPrintScreen,
  },
  {
    path: 'billing',
    audience: 'house',
    name: 'billing',
    group: 'money',
    icon: CalculatorOutlined,
    usedWith: 'billing-run.move',
    permission: 'billing-run.read',
    load: async () => (await import('../../domain/charges/screens/BillingScreen.tsx')).BillingScreen,
  },
  {
    path: 'fee-notices',
    audience: 'house',
    name: 'feeNotices',
    group: 'money',
    icon: FileTextOutlined,
    usedWith: 'billing-run.read',
    permission: 'charge.read',
    load: async () => (await import('../../domain/charges/screens/FeeNoticesScreen.tsx')).FeeNoticesScreen,
  },
  {
    path: 'readings',
    audience: 'house',
    name: 'readings',
    group: 'money',
    icon: FieldNumberOutlined,
    usedWith: 'meter.write',
    permission: 'meter.read',
    load: async () => (await import('../../domain/charges/screens/ReadingsScreen.tsx')).ReadingsScreen,
  },
  {
    path: 'charge-items',
    audience: 'house',
    name: 'chargeItems',
    group: 'money',
    icon: AccountBookOutlined,
    usedWith: 'charge-item.edit',
    permission: 'charge-item.read',
    load: async () => (await import('../../domain/charges/screens/ChargeItemsScreen.tsx')).ChargeItemsScreen,
  },
  {
    path: 'surveys',
    name: 'surveys',
    group: 'know',
    icon: SmileOutlined,
    usedWith: 'survey.write',
    permission: 'survey.read',
    load: async () => (await import('../../domain/surveys/screens/SurveysScreen.tsx')).SurveysScreen,
  },
  {
    path: 'surveys/$surveyId',
    title: 'survey',
    under: 'surveys',
    permission: 'survey.read',
    load: async () => (await import('../../domain/surveys/screens/SurveyScreen.tsx')).SurveyScreen,
  },
  {
    path: 'roster',
    name: 'roster',
    group: 'now',
    icon: CalendarOutlined,
    permission: 'roster.read',
    load: async () => (await import('../../domain/rosters/screens/RosterScreen.tsx')).RosterScreen,
  },
  {
    path: 'households',
    audience: 'house',
    name: 'households',
    group: 'now',
    icon: HomeOutlined,
    permission: 'household.read',
    load: async () => (await import('./householdPages.tsx')).HouseholdsPage,
  },
  {
    path: 'households/$unitId',
    title: 'households',
    permission: 'household.read',
    load: async () => (await import('./householdPages.tsx')).HouseholdPage,
  },
  {
    path: 'households/$unitId/account',
    title: 'statement',
    under: 'households',
    permission: 'statement.read',
    load: async () => (await import('../../domain/statements/screens/StatementScreen.tsx')).StatementScreen,
  },
  {
    path: 'households/$unitId/account/print',
    title: 'statementPrint',
    under: 'households',
    permission: 'statement.read',
    load: async () => (await import('../../domain/statements/screens/StatementPrintScreen.tsx')).StatementPrintScreen,
  },
  {
    path: 'daily-closes',
    audience: 'house',
    name: 'dailyCloses',
    group: 'money',
    icon: CarryOutOutlined,
    permission: 'daily-close.read',
    load: async () => (await import('../../domain/daily-closes/screens/DailyClosesScreen.tsx')).DailyClosesScreen,
  },
  {
    path: 'daily-closes/count',
    title: 'dailyCloseCount',
    under: 'daily-closes',
    permission: 'daily-close.count',
    load: async () => (await import('../../domain/daily-closes/screens/CountScreen.tsx')).CountScreen,
  },
  {
    path: 'daily-closes/$closeId',
    title: 'dailyCloses',
    under: 'daily-closes',
    permission: 'daily-close.read',
    load: async () => (await import('../../domain/daily-closes/screens/DailyCloseScreen.tsx')).DailyCloseScreen,
  },
  {
    path: 'daily-closes/$closeId/print',
    title: 'dailyClosePrint',
    under: 'daily-closes',
    permission: 'daily-close.read',
    load: async () =>
      (await import('../../domain/daily-closes/screens/DailyClosePrintScreen.tsx')).DailyClosePrintScreen,
  },
  {
    path: 'books',
    audience: 'house',
    name: 'books',
    group: 'money',
    icon: AccountBookOutlined,
    permission: 'ledger.export',
    load: async () => (await import('../../domain/books/screens/BooksScreen.tsx')).BooksScreen,
  },
  {
    path: 'repairs/$repairId',
    title: 'repair',
    under: 'cases',
    permission: 'case.read',
    load: async () => (await import('../../domain/repairs/screens/RepairScreen.tsx')).RepairScreen,
  },
  {
    path: 'repairs/$repairId/print',
    title: 'print',
    under: 'cases',
    permission: 'case.read',
    load: async () => (await import('../../domain/repairs/screens/RepairPrintScreen.tsx')).RepairPrintScreen,
  },
  {
    path: 'complaints/new',
    title: 'newComplaint',
    under: 'cases',
    permission: 'complaint.record',
    hotkey: 'f3',
    load: async () => (await import('./complaintPages.tsx')).NewComplaintPage,
  },
  {
    path: 'complaints/$complaintId/print',
    title: 'complaintPrint',
    under: 'cases',
    permission: 'case.read',
    load: async () => (await import('../../domain/complaints/screens/ComplaintPrintScreen.tsx')).ComplaintPrintScreen,
  },
  {
    path: 'complaints/$complaintId',
    title: 'complaint',
    under: 'cases',
    permission: 'case.read',
    load: async () => (await import('../../domain/complaints/screens/ComplaintScreen.tsx')).ComplaintScreen,
  },
  {
    path: 'emergencies/new',
    title: 'newEmergency',
    under: 'cases',
    permission: 'emergency.record',
    hotkey: 'f8',
    load: async () => (await import('../../domain/emergencies/screens/EmergencyNewScreen.tsx')).EmergencyNewScreen,
  },
  {
    path: 'emergencies/$emergencyId/print',
    title: 'emergencyPrint',
    under: 'cases',
    permission: 'case.read',
    load: async () => (await import('../../domain/emergencies/screens/EmergencyPrintScreen.tsx')).EmergencyPrintScreen,
  },
  {
    path: 'emergencies/$emergencyId',
    title: 'emergency',
    under: 'cases',
    permission: 'case.read',
    load: async () => (await import('../../domain/emergencies/screens/EmergencyScreen.tsx')).EmergencyScreen,
  },
  {
    path: 'enquiries/$enquiryId',
    permission: 'case.read',
    load: async () => (await import('../../domain/enquiries/screens/EnquiryScreen.tsx')).EnquiryScreen,
  },
  {
    path: 'suggestions/$enquiryId',
    permission: 'case.read',
    load: async () => (await import('../../domain/enquiries/screens/EnquiryScreen.tsx')).EnquiryScreen,
  },
  {
    path: 'indicators',
    name: 'indicators',
    group: 'know',
    icon: BarChartOutlined,
    permission: 'indicator.read',
    load: async () => (await import('../../domain/indicators/screens/IndicatorScreen.tsx')).IndicatorScreen,
  },
  {
    path: 'complaints/month',
    title: 'complaintMonth',
    under: 'indicators',
    permission: 'complaint.month',
    load: async () => (await import('../../domain/complaints/screens/ComplaintMonthScreen.tsx')).ComplaintMonthScreen,
  },
  {
    path: 'orders',
    name: 'orders',
    group: 'now',
    icon: ProfileOutlined,
    permission: 'repair.move',
    audience: 'contractor',
    load: async () => (await import('../../domain/repairs/screens/ContractorOrdersScreen.tsx')).ContractorOrdersScreen,
  },
  {
    path: 'counter',
    audience: 'house',
    name: 'cashier',
    group: 'money',
    icon: MoneyCollectOutlined,
    permission: 'payment.take',
    hotkey: 'f4',
    load: async () => (await import('../../domain/payments/screens/CounterScreen.tsx')).CounterScreen,
  },
  {
    path: 'receipt-books',
    audience: 'house',
    name: 'receiptBooks',
    group: 'money',
    icon: SnippetsOutlined,
    usedWith: 'receipt-book.write',
    permission: 'receipt.read',
    load: async () => (await import('../../domain/receipts/screens/ReceiptBooksScreen.tsx')).ReceiptBooksScreen,
  },
  {
    path: 'deposits',
    audience: 'house',
    name: 'deposits',
    group: 'money',
    icon: LockOutlined,
    usedWith: 'deposit.refund',
    permission: 'payment.read',
    load: async () => (await import('../../domain/payments/screens/DepositsScreen.tsx')).DepositsScreen,
  },
  {
    path: 'doorstep',
    audience: 'house',
    name: 'doorstep',
    group: 'money',
    icon: CarOutlined,
    usedWith: 'doorstep.write',
    permission: 'payment.read',
    load: async () => (await import('../../domain/doorstep/screens/DoorstepScreen.tsx')).DoorstepScreen,
  },
  {
    path: 'receipt-detail',
    audience: 'house',
    name: 'receiptDetail',
    group: 'money',
    icon: ContainerOutlined,
    usedWith: 'daily-close.receive',
    permission: 'receipt.read',
    load: async () => (await import('../../domain/books/screens/ReceiptDetailScreen.tsx')).ReceiptDetailScreen,
  },
  {
    path: 'receipt-detail/print',
    title: 'receiptDetailPrint',
    under: 'receipt-detail',
    permission: 'receipt.read',
    load: async () =>
      (await import('../../domain/books/screens/ReceiptDetailPrintScreen.tsx')).ReceiptDetailPrintScreen,
  },
  {
    path: 'prepaid-refunds/$refundId/print',
    title: 'refundVoucher',
    under: 'counter',
    permission: 'payment.read',
    load: async () => (await import('../../domain/payments/screens/RefundVoucherScreen.tsx')).RefundVoucherScreen,
  },
  {
    path: 'receipts/$receiptId/print',
    title: 'receiptPrint',
    under: 'counter',
    permission: 'receipt.read',
    load: async () => (await import('../../domain/receipts/screens/ReceiptPrintScreen.tsx')).ReceiptPrintScreen,
  },
  {
    path: 'contractors',
    name: 'contractors',
    group: 'know',
    icon: SafetyCertificateOutlined,
    usedWith: 'contractor.write',
    permission: 'contractor.read',
    load: async () => (await import('../../domain/warranties/screens/ContractorsScreen.tsx')).ContractorsScreen,
  },
  {
    path: 'contractors/scorecard',
    title: 'scorecard',
    under: 'contractors',
    permission: 'scorecard.read',
    load: async () => (await import('../../domain/scorecards/screens/ScorecardScreen.tsx')).ScorecardScreen,
  },
  {
    path: 'standard',
    name: 'standard',
    group: 'know',
    icon: ReadOutlined,
    usedWith: 'indicator.read',
    permission: 'standard.read',
    load: async () => (await import('./StandardPage.tsx')).StandardPage,
  },
  {
    path: 'price-list',
    name: 'priceList',
    group: 'know',
    icon: TagsOutlined,
    usedWith: 'price-list.edit',
    permission: 'price-list.read',
    load: async () => (await import('../../domain/price-lists/screens/PriceListScreen.tsx')).PriceListScreen,
  },
  {
    path: 'settings',
    name: 'settings',
    group: 'know',
    icon: SettingOutlined,
    permission: 'role.grant',
    load: async () => (await import('./settingsPages.tsx')).AccountsPage,
  },
  {
    path: 'settings/permissions',
    title: 'permissions',
    permission: 'staff.read',
    load: async () => (await import('../../domain/access/screens/PermissionsScreen.tsx')).PermissionsScreen,
  },
  {
    path: 'settings/holidays',
    permission: 'standard.read',
    load: async () => (await import('../../domain/clocks/screens/HolidaysScreen.tsx')).HolidaysScreen,
  },
  {
    path: 'settings/channels',
    title: 'channels',
    under: 'settings',
    permission: 'setting.write',
    load: async () => (await import('../../domain/channels/screens/ChannelsScreen.tsx')).ChannelsScreen,
  },
  {
    path: 'imports',
    title: 'imports',
    under: 'settings',
    permission: 'import.run',
    load: async () => (await import('../../domain/places/screens/ImportsScreen.tsx')).ImportsScreen,
  },
  {
    path: 'wall',
    title: 'wall',
    permission: 'wall.read',
    isBare: true,
    load: async () => (await import('../../domain/workbench/screens/WallScreen.tsx')).WallScreen,
  },
];

/** What slices put into the frame itself. */
export const frameSlots: {
  /** The one box that finds everything; mounted on every page. */
  omnibox: (() => Promise<ComponentType>) | null;
  /** The acts beside it: new contact F2, payment F4. */
  actions: (() => Promise<ComponentType>) | null;
  /** Bell and the like, left of the user's menu. */
  bell: (() => Promise<ComponentType>) | null;
  /** Loud notifications nobody has acknowledged, in the lines below the bar. */
  alarms: (() => Promise<ComponentType>) | null;
  /** Counts shown in the list, by page; a hook, so it may ask the server. */
  useCounts: (communityId: string) => Partial<Record<PageName, { text: string; isHot: boolean }>>;
} = {
  omnibox: async () => (await import('../../domain/workbench/screens/Omnibox.tsx')).Omnibox,
  actions: async () => (await import('./FrameActions.tsx')).FrameActions,
  bell: async () => (await import('../../domain/workbench/screens/Bell.tsx')).Bell,
  alarms: async () => (await import('../../domain/workbench/screens/AlarmStrip.tsx')).AlarmStrip,
  useCounts,
};
