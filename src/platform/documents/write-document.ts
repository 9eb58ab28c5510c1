// Writes .docx files: a heading, lines, tables, a line to sign on. docx is loaded only when something is written: it costs
// start-up time.
import { forbiddenInXml } from '../../kernel/sheet.ts';

export type OutDocument = {
  title: string;
  isLandscape: boolean;
  /** Lines under the heading. */
  lines: readonly string[];
  tables: readonly {
    name: string;
    /** Widths stand in relation to each other. */
    columns: readonly { header: string; width: number }[];
    rows: readonly (readonly string[])[];
  }[];
  /** Captions of what is filled in by hand. */
  signs: readonly string[];
};

/** Twentieths of a point: A4, its margins, and what is left across. */
const page = { short: 11_906, long: 16_838, margin: 720 };
const font = { ascii: 'Times New Roman', eastAsia: '宋体' };
const clean = (text: string): string => text.replace(forbiddenInXml, '');

export async function documentBytes(out: OutDocument): Promise<Buffer> {
  const {
    AlignmentType,
    Document,
    Footer,
    Packer,
    PageNumber,
    PageOrientation,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    TextRun,
    WidthType,
  } = await import('docx');
  const across = (out.isLandscape ? page.long : page.short) - 2 * page.margin;
  const line = (text: string, look: { bold?: boolean; size?: number; isCentred?: boolean; after?: number } = {}) =>
    new Paragraph({
      ...(look.isCentred ? { alignment: AlignmentType.CENTER } : {}),
      spacing: { after: look.after ?? 60 },
      children: [new TextRun({ text: clean(text), bold: look.bold ?? false, size: look.size ?? 20, font })],
    });
  const tableOf = ({ columns, rows }: OutDocument['tables'][number]) => {
    const whole = columns.reduce((sum, column) => sum + column.width, 0);
    const widths = columns.map((column) => Math.floor((column.width / whole) * across));
    const row = (cells: readonly string[], isHead: boolean) =>
      new TableRow({
        tableHeader: isHead,
        cantSplit: true,
        children: cells.map(
          (cell, index) =>
            new TableCell({
              width: { size: widths[index] ?? 0, type: WidthType.DXA },
              margins: { left: 60, right: 60, top: 30, bottom: 30 },
              children: cell.split('\n').map((part) => line(part, { bold: isHead, size: 17, after: 0 })),
            }),
        ),
      });
    return new Table({
      width: { size: across, type: WidthType.DXA },
      columnWidths: widths,
      rows: [
        row(
          columns.map((column) => column.header),
          true,
        ),
        ...rows.map((cells) => row(cells, false)),
      ],
    });
  };
  const document = new Document({
    sections: [
      {
        properties: {
          page: {
            // The library turns the sheet itself: width and height are those of the upright one.
            size: {
              width: page.short,
              height: page.long,
              orientation: out.isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { top: page.margin, bottom: page.margin, left: page.margin, right: page.margin },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 16 })],
              }),
            ],
          }),
        },
        children: [
          line(out.title, { bold: true, size: 30, isCentred: true, after: 120 }),
          ...out.lines.map((text) => line(text)),
          ...out.tables.flatMap((table) => [
            line(table.name, { bold: true, size: 22, after: 80 }),
            tableOf(table),
            line(''),
          ]),
          ...(out.signs.length === 0 ? [] : [line(out.signs.map((sign) => `${sign}：____________`).join('    '))]),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
