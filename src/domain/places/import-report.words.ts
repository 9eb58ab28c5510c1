// The names of the files that an import hands out, and the columns of the report of rejected rows.
export const templateName = '住户导入模板.xlsx';
export const reportName = '导入未通过的行.xlsx';
export const reportColumns = {
  name: '未通过的行',
  columns: [
    { header: '工作表', width: 16, isText: true },
    { header: '行', width: 8 },
    { header: '列', width: 16, isText: true },
    { header: '读到', width: 30, isText: true },
    { header: '应为', width: 60, isText: true },
  ],
};
