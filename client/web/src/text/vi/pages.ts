import type { RouteName } from '../../routes';

export interface PageText {
  title: string;
  help: string[];
}

// The title of each page, and the few lines of its help box.
export const pageWords: Record<RouteName, PageText> = {
  home: {
    title: 'Việc cần làm',
    help: [
      'Việc gấp nhất đứng đầu; hạn tính theo quyết định và lịch nghỉ của năm.',
      'Bấm vào một việc để mở hồ sơ của việc đó.',
      '“Chờ nơi khác” là hồ sơ mà đơn vị khác đang giữ.',
    ],
  },
  login: {
    title: 'Chọn cán bộ',
    help: [
      'Nhiều cán bộ dùng chung một máy được; mỗi việc ghi rõ ai đã làm.',
      'Quên mật khẩu: quản trị tỉnh cấp phiếu mới cho chức vụ đó.',
    ],
  },
  search: {
    title: 'Tìm kiếm',
    help: [
      'Gõ có dấu hay không dấu đều được.',
      'Chỉ tìm trong dữ liệu của địa bàn mà máy này được giữ.',
    ],
  },
  dossiers: {
    title: 'Hồ sơ',
    help: [
      'Tìm, lọc và sắp xếp nằm trong địa chỉ trang: gửi liên kết là người khác thấy đúng danh sách đó.',
      'Excel và CSV chứa đúng những dòng đang lọc.',
      'Mở một hồ sơ bằng tên sản phẩm.',
    ],
  },
  products: {
    title: 'Sản phẩm',
    help: [
      'Mỗi dòng là một sản phẩm, với hồ sơ mới nhất và giấy đang có.',
      'Tìm, lọc và sắp xếp nằm trong địa chỉ trang.',
    ],
  },
  package: {
    title: 'Công văn chuyển hồ sơ',
    help: [
      'Tệp ZIP gồm hồ sơ, minh chứng, biên bản, quyết định và mục lục.',
      'SHA256SUMS cho phép nơi nhận kiểm tra từng tệp: sha256sum -c SHA256SUMS.',
    ],
  },
  dossier_new: {
    title: 'Tiếp nhận sản phẩm',
    help: [
      'Kiểm tra sản phẩm trùng trước khi lập hồ sơ.',
      'Nhóm sản phẩm quyết định bộ tiêu chí.',
    ],
  },
  dossier: {
    title: 'Hồ sơ sản phẩm',
    help: [
      'Các phần của hồ sơ và phần nào còn thiếu.',
      'Nút không bấm được luôn nói vì sao.',
    ],
  },
  dossier_evidence: {
    title: 'Minh chứng',
    help: [
      'Ảnh được thu nhỏ trước khi gửi.',
      'Tệp được gửi sau các dữ kiện, từng phần, tự nối lại khi mất mạng.',
    ],
  },
  dossier_self: {
    title: 'Tự đánh giá',
    help: [
      'Chọn mức cho từng tiêu chí; tổng điểm được cộng ngay.',
      'Tiêu chí có điểm mà thiếu minh chứng được đánh dấu.',
    ],
  },
  dossier_submit: {
    title: 'Kiểm tra và gửi',
    help: [
      'Xem lại mọi phần trước khi gửi.',
      'Sau khi gửi, hồ sơ chỉ sửa được khi bị trả lại.',
    ],
  },
  dossier_review: {
    title: 'Xem xét hồ sơ',
    help: [
      'Chấp nhận, hoặc trả lại kèm lý do cho từng mục.',
      'Người nộp thấy câu của bạn ngay cạnh mục đó.',
    ],
  },
  dossier_points: {
    title: 'Điểm',
    help: [
      'Điểm của hội đồng chỉ mở khi kỳ họp đã đóng.',
    ],
  },
  dossier_history: {
    title: 'Lịch sử hồ sơ',
    help: [
      'Ai làm gì, lúc nào, và tỉnh nhận lúc nào.',
    ],
  },
  product: {
    title: 'Sản phẩm',
    help: [
      'Một sản phẩm có thể có nhiều hồ sơ và giấy chứng nhận qua các năm.',
    ],
  },
  sessions: {
    title: 'Kỳ họp hội đồng',
    help: [
      'Mỗi kỳ họp chấm một danh sách hồ sơ.',
    ],
  },
  session: {
    title: 'Kỳ họp',
    help: [
      'Thấy ai đã nộp phiếu, không thấy điểm, cho đến khi đóng kỳ họp.',
    ],
  },
  session_score: {
    title: 'Phiếu chấm',
    help: [
      'Phiếu được niêm phong đến khi kỳ họp đóng.',
      'Nộp lại thì phiếu sau thay phiếu trước.',
    ],
  },
  session_tally: {
    title: 'Tổng hợp điểm',
    help: [
      'Hạng sao tính bằng tổng điểm chính xác, không làm tròn.',
    ],
  },
  decisions: {
    title: 'Quyết định',
    help: [
      'Số quyết định lấy từ dải số đã cấp cho máy này.',
    ],
  },
  decision: {
    title: 'Quyết định',
    help: [
      'Một quyết định gồm nhiều sản phẩm.',
    ],
  },
  certificates: {
    title: 'Giấy chứng nhận',
    help: [
      'Giấy chứng nhận có hạn 36 tháng.',
    ],
  },
  certificate: {
    title: 'Giấy chứng nhận',
    help: [
      'Mã QR dẫn đến tình trạng hiện tại của giấy.',
    ],
  },
  expiring: {
    title: 'Sắp hết hạn',
    help: [
      'Chọn khoảng thời gian, rồi nhóm theo trả lời của chủ thể.',
      'Bấm ở cột cuối để ghi trả lời hoặc ghi đã báo.',
      'Giấy có hạn 36 tháng; giấy đã được công nhận lại không còn ở đây.',
    ],
  },
  revocations: {
    title: 'Thu hồi',
    help: [
      'Danh sách trên là giấy hết hạn mà chưa được công nhận lại.',
      'Thu hồi cần quyết định đã ký và gõ lại số giấy chứng nhận.',
      'Thu hồi không xóa gì: giấy vẫn tra cứu được, với tình trạng đã thu hồi.',
    ],
  },
  dashboard: {
    title: 'Bảng điều khiển',
    help: [
      'Mỗi con số dẫn đến danh sách mà nó đếm.',
      'Địa bàn trễ hạn đứng đầu, rồi đến địa bàn chậm.',
      'Bấm một ngày trong bảng tiến độ để xem lại ngày đó.',
    ],
  },
  history: {
    title: 'Lịch sử chung',
    help: [
      'Mọi sự kiện theo thứ tự của nhật ký, kể cả việc không có hiệu lực.',
      'Bấm vị trí để xem nội dung và chữ ký.',
      'Bộ lọc nằm trong địa chỉ trang: gửi liên kết là người khác thấy đúng như vậy.',
    ],
  },
  audit: {
    title: 'Kiểm toán',
    help: [
      'Kéo thanh hoặc chọn ngày; địa chỉ trang giữ thời điểm đó.',
      'Kiểm tra nhật ký đọc và phán xét lại từng sự kiện trên máy này.',
      'So hai ngày chỉ nêu những mục khác nhau.',
    ],
  },
  sync: {
    title: 'Đồng bộ',
    help: [
      'Dữ kiện đi trước, ảnh và giấy tờ theo sau.',
      'Không có mạng vẫn làm việc được; dữ liệu đã ở trên đĩa của máy.',
      'Việc bị trả lại nêu lý do và cách xử lý.',
    ],
  },
  conflict: {
    title: 'Xung đột',
    help: [
      'Việc đến tỉnh trước có hiệu lực; không có gì bị xóa.',
      'Đọc cả hai bên rồi đánh dấu đã xem, hoặc làm bước tiếp theo trong hồ sơ.',
    ],
  },
  import: {
    title: 'Nhập từ Excel',
    help: [
      'Kiểm tra trước, ghi sau; báo cáo nói từng dòng.',
      'Tải báo cáo về, sửa tệp gốc, rồi kiểm tra lại.',
      'Nhập lại tệp đã nhập không ghi trùng: dòng đã có được bỏ qua.',
    ],
  },
  admin: {
    title: 'Quản trị',
    help: [
      'Thiết bị, chức vụ, đơn vị, bộ quy tắc, dải số.',
      'Máy hỏi quy tắc trước khi ghi; nút không bấm được luôn nói vì sao.',
    ],
  },
  admin_part: {
    title: 'Quản trị',
    help: [
      'Mọi thay đổi ở đây cũng là sự kiện trong nhật ký.',
      'Có thể mở một dòng để xem hoặc chấm dứt, nếu tên có gạch chân.',
    ],
  },
};
