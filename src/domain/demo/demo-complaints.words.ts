// The Chinese of complaints in the demo community, written for it.
export const complaintTexts = {
  amended: { place: '客户家中', demand: '重新维修，修好为止' },
  result: '已重新更换并试水两小时，客户确认不再渗漏，主管上门致歉。',
  answer: '已告知重新维修的结果，并为上次没有修好致歉。',
  opinion: '这次修好了，可以接受。',
} as const;
