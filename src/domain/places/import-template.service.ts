// Makes the empty import form 导入模板 that people download, fill in and send back.
import { workbookBytes } from '../../platform/spreadsheet/write-workbook.ts';
import { templateSheets } from './import-template.words.ts';

/** An .xlsx of some 15 kB: three sheets to fill in, notes, and one example sheet for each. */
export const buildTemplate = (): Promise<Buffer> => workbookBytes(templateSheets);
