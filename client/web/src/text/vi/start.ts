export const homeWords = {
  mine: 'Việc của tôi',
  office: 'Cả đơn vị',
  others: 'Chờ nơi khác',
  late: 'Quá hạn',
  tabs: 'Các nhóm việc',
  empty_mine: 'Không có việc nào chờ bạn: chưa hồ sơ nào đến bước của bạn.',
  empty_office: 'Không có việc nào chờ đơn vị này.',
  empty_others: 'Không có hồ sơ nào đang chờ đơn vị khác.',
  empty_late: 'Không có việc nào quá hạn.',
  days_left: (days: number) => (days === 0 ? 'hạn hôm nay' : days > 0 ? `còn ${days} ngày` : `quá hạn ${-days} ngày`),
  lacks: (parts: string) => `còn thiếu ${parts} phần`,
  no_due: 'không có hạn',
  due: (date: string) => `hạn ${date}`,
  choose: 'Chọn cán bộ để xem việc của mình.',
};

export const loginWords = {
  lead: 'Mỗi việc được ký bằng khóa của một cán bộ trên máy này. Chọn chức vụ của bạn và mở khóa.',
  officer: 'Cán bộ trên máy này',
  passphrase: 'Mật khẩu mở khóa',
  passphrase_hint: 'Mật khẩu không rời khỏi máy này.',
  show: 'Hiện mật khẩu',
  open: 'Mở khóa và làm việc',
  choose_first: 'Chọn cán bộ',
  type_first: 'Gõ mật khẩu',
  acting: (title: string) => `Đang làm việc với tư cách: ${title}`,
  close: 'Khóa lại',
  close_hint: 'Khóa lại khi rời máy. Việc chờ gửi vẫn được gửi tiếp.',
  unlocked: 'khóa đang mở',
  none: 'Máy này chưa có cán bộ nào. Quản trị tỉnh cấp phiếu, rồi dùng lệnh hoso enrol.',
};

export const searchWords = {
  label: 'Tìm đơn vị, chức vụ, chủ thể, sản phẩm, giấy chứng nhận, quyết định',
  button: 'Tìm',
  type_first: 'Gõ một phần của tên hoặc số. “che shan” cũng tìm ra “Chè Shan”.',
  caption: (text: string) => `Kết quả cho “${text}”`,
  empty: (text: string) => `Không có gì khớp với “${text}” trong dữ liệu mà máy này được giữ.`,
};

export const dossiersWords = {
  caption: 'Hồ sơ',
  empty: 'Chưa có hồ sơ nào trong địa bàn của máy này. Hồ sơ bắt đầu khi xã tiếp nhận một sản phẩm.',
};
