#include "client/cli/error_details.hpp"

#include <array>

namespace hoso::client::cli {
namespace {

// Each {} stands for what an error names; the sentence has it again in the same order.
struct Detail {
    std::string_view en;
    std::string_view vi;
};
constexpr Detail details[] = {
    {"The officer's key is locked. Unlock it in the running desk (hoso unlock), or name --passphrase-file FILE with the command.",
     "Khóa của cán bộ đang đóng. Mở khóa trên máy đang chạy (hoso unlock), hoặc thêm --passphrase-file TỆP vào lệnh."},
    {"A passphrase is needed: name a file that holds it with --passphrase-file FILE",
     "Cần mật khẩu: chỉ tệp chứa mật khẩu bằng --passphrase-file TỆP"},
    {"Name the desk's folder with --data FOLDER, or in HOSO_DATA.",
     "Chỉ thư mục của máy bằng --data THƯ_MỤC, hoặc trong HOSO_DATA."},
    {"This command answers with no list: --csv and --xlsx are for lists.",
     "Lệnh này không trả lời bằng danh sách: --csv và --xlsx chỉ dùng cho danh sách."},
    {"The product has no dossier yet: open one with hoso dossier open.",
     "Sản phẩm chưa có hồ sơ: mở hồ sơ bằng hoso dossier open."},
    {"The dossier's rule set is not here: sync first.", "Bộ tiêu chí của hồ sơ chưa có ở đây: gửi nhận trước đã."},
    {"The product's subject is not on this desk: sync first.", "Chủ thể của sản phẩm chưa có trên máy này: gửi nhận trước đã."},
    {"No rule set is published yet.", "Chưa ban hành bộ tiêu chí nào."},
    {"This desk has no {} number left: the administrator grants a block with hoso numbers grant; then sync.",
     "Máy này không còn số ({}): quản trị cấp dãy số bằng hoso numbers grant; sau đó gửi nhận."},
    {"{} is named twice: name each dossier once.", "{} được ghi hai lần: mỗi hồ sơ ghi một lần."},
    {"{} is named twice: name each product once.", "{} được ghi hai lần: mỗi sản phẩm ghi một lần."},
    {"The certificate {} is that of another product: {}.", "Giấy chứng nhận {} đã là của sản phẩm khác: {}."},
    {"{} is no stage of a published rule set; there are {}.", "{} không phải cấp của bộ tiêu chí nào đã ban hành; có: {}."},
    {"{} is no stage of the dossier's rule set; there are {}.", "{} không phải cấp theo bộ tiêu chí của hồ sơ; có: {}."},
    {"{} is no subject type of a published rule set; there are {}.", "{} không phải loại chủ thể của bộ tiêu chí nào; có: {}."},
    {"{} is no paper, evidence or criterion of the dossier's rule set; there are {}.",
     "{} không phải tài liệu, minh chứng hay tiêu chí của bộ tiêu chí; có: {}."},
    {"{} is no phase; there are {}.", "{} không phải bước của hồ sơ; có: {}."},
    {"{} is no kind of act; there are {}.", "{} không phải loại việc; có: {}."},
    {"No post in this log has the title or id {}: see hoso account list.",
     "Sổ ghi này không có chức vụ nào tên hoặc mã là {}: xem hoso account list."},
    {"There is no file {}.", "Không có tệp {}."},
    {"{} is empty: it has 0 bytes.", "Tệp {} rỗng: 0 byte."},
    {"{} is no file.", "{} không phải tệp."},
    {"The folder {} holds no file.", "Thư mục {} không có tệp nào."},
    {"{} has {}, more than the {} that a file may have.", "Tệp {} có {}, vượt mức {} cho một tệp."},
    {"{} is of the type {}; the regulation takes {}.", "Tệp {} thuộc loại {}; quy định nhận các loại {}."},
    {"No document on this desk cites a file {}.", "Không tài liệu nào trên máy này viện dẫn tệp {}."},
    {"Several files begin with {}: give more digits.", "Có nhiều tệp bắt đầu bằng {}: ghi thêm ký tự."},
    {"A file is named by its 64 hex digits, or at least the first 8 of them: see hoso evidence list.",
     "Tệp được gọi bằng 64 ký tự hex, hoặc ít nhất 8 ký tự đầu: xem hoso evidence list."},
    {"The province does not hold this file yet: it comes here once some desk has sent it.",
     "Tỉnh chưa có tệp này: tệp sẽ về máy này khi có máy gửi lên."},
    {"The file is not here yet: it is fetched when the desk is connected next.",
     "Tệp chưa có ở máy này: sẽ được lấy về ở lần kết nối tới."},
    {"The file waits: by this desk's settings files do not travel now. See hoso evidence settings.",
     "Tệp phải chờ: theo cài đặt của máy, tệp chưa được truyền lúc này. Xem hoso evidence settings."},
    {"{} are no hours: write FROM-TO such as 18:00-06:00, or always.",
     "{} không phải khung giờ: ghi TỪ-ĐẾN như 18:00-06:00, hoặc always."},
    {"--{} is at most {}, not {}.", "--{} nhiều nhất là {}, không phải {}."},
};

// What the holes of the pattern hold in the text; nothing where they are not alike.
std::optional<std::array<std::string_view, 3>> holes(std::string_view pattern, std::string_view text) {
    std::array<std::string_view, 3> found{};
    std::size_t count = 0;
    while (true) {
        const auto hole = pattern.find("{}");
        const std::string_view plain = pattern.substr(0, hole);
        if (!text.starts_with(plain)) return std::nullopt;
        text.remove_prefix(plain.size());
        if (hole == std::string_view::npos) return text.empty() ? std::optional{found} : std::nullopt;
        pattern.remove_prefix(hole + 2);
        const std::string_view next = pattern.substr(0, pattern.find("{}"));
        const auto end = next.size() == pattern.size() ? text.rfind(next) : text.find(next);  // the last one goes to the end
        if (end == std::string_view::npos || count == found.size()) return std::nullopt;
        found[count++] = text.substr(0, end);
        text.remove_prefix(end);
    }
}

}  // namespace

std::optional<std::string> detail_in_vietnamese(std::string_view detail) {
    for (const Detail& known : details) {
        const auto named = holes(known.en, detail);
        if (!named) continue;
        std::string said;
        std::string_view rest = known.vi;
        for (const std::string_view each : *named) {
            const auto hole = rest.find("{}");
            if (hole == std::string_view::npos) break;
            said += std::string(rest.substr(0, hole)) + std::string(each);
            rest.remove_prefix(hole + 2);
        }
        return said + std::string(rest);
    }
    return std::nullopt;
}

}  // namespace hoso::client::cli
