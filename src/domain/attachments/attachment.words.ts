// Words of attachments 附件.
import { type ProblemWords, plain } from '../../kernel/words.ts';

const titles: ProblemWords = {
  'attachment.not_what_it_says': plain(
    '文件内容与扩展名不符，或不是照片、PDF、Word、Excel 文件',
    'The file is not what its name says, or no photo, PDF, Word or Excel file',
  ),
  'attachment.heic': plain(
    '暂不支持 HEIC 照片，请在手机相机设置中选“兼容性最佳”，或转成 JPEG 后再传',
    'HEIC photos are not supported: convert to JPEG first',
  ),
  'attachment.unreadable': plain(
    '照片已损坏，无法打开，请重新拍摄或选择另一张',
    'The picture is damaged and can not be read',
  ),
  'attachment.too_many_pixels': plain(
    '照片像素过大（最多 5000 万像素），请缩小后再传',
    'The picture has more than 50 megapixels',
  ),
  'attachment.id_taken': plain('该附件编号已被使用，请重新上传', 'This id is taken'),
};

const faults: ProblemWords = {
  attachment_unknown: plain('附件不存在、已过期或不是您上传的，请重新上传', 'unknown, expired, or not uploaded by you'),
  attachment_used: plain('附件已用于别处，请重新上传', 'already attached elsewhere'),
  attachment_not_picture: plain('这里只能附照片（JPEG、PNG、WebP）', 'only a picture may hang here'),
  one_file_only: plain('一次只能上传一个文件', 'exactly one file'),
  nothing_drawn: plain('还没有签字，请在签字框里签名', 'nothing is drawn on it'),
  not_a_drawing: plain('签名图片无效，请重新签名', 'not a PNG data URL'),
};

export const attachmentProblems = { titles, faults };
