#include "client/cli/error_words.hpp"

#include "client/text/errors.hpp"
#include "client/text/words.hpp"

namespace hoso::client::cli {

const char* errc_name(Errc code) {
    switch (code) {
        case Errc::invalid: return "invalid";
        case Errc::not_found: return "not_found";
        case Errc::exists: return "exists";
        case Errc::conflict: return "conflict";
        case Errc::denied: return "denied";
        case Errc::unreachable: return "unreachable";
        case Errc::limit: return "limit";
        case Errc::full: return "full";
        case Errc::locked: return "locked";
        case Errc::io: return "io";
        case Errc::corrupt: return "corrupt";
        case Errc::amnesia: return "amnesia";
        case Errc::gap: return "gap";
        case Errc::version: return "version";
        case Errc::protocol: return "protocol";
        case Errc::unauthentic: return "unauthentic";
        case Errc::internal: return "internal";
    }
    return "?";
}

const char* error_word(Language language, Errc code) {
    switch (code) {
        case Errc::invalid: return pick(language, "không đúng dạng", "invalid");
        case Errc::not_found: return pick(language, "không tìm thấy", "not found");
        case Errc::exists: return pick(language, "đã có", "exists already");
        case Errc::conflict: return pick(language, "mâu thuẫn", "conflict");
        case Errc::denied: return pick(language, "không được phép", "denied");
        case Errc::unreachable: return pick(language, "không kết nối được", "unreachable");
        case Errc::limit: return pick(language, "vượt giới hạn", "over a limit");
        case Errc::full: return pick(language, "đĩa đầy", "disk full");
        case Errc::locked: return pick(language, "đang được dùng", "in use");
        case Errc::io: return pick(language, "lỗi đĩa", "disk fault");
        case Errc::corrupt: return pick(language, "dữ liệu hỏng", "damaged data");
        case Errc::amnesia: return pick(language, "mất dữ liệu đã xác nhận", "acknowledged data is missing");
        case Errc::gap: return pick(language, "không liền mạch", "gap");
        case Errc::version: return pick(language, "cần phiên bản mới hơn", "needs a newer version");
        case Errc::protocol: return pick(language, "sai giao thức", "protocol broken");
        case Errc::unauthentic: return pick(language, "không xác thực được", "not authentic");
        case Errc::internal: return pick(language, "lỗi chương trình", "fault of this program");
    }
    return "?";
}

std::optional<domain::Reason> reason_of(const std::string& detail) {
    const auto colon = detail.find(':');
    if (colon == std::string::npos) return std::nullopt;
    const auto reason = reason_from(std::string_view(detail).substr(0, colon));
    return reason == domain::Reason::none ? std::nullopt : reason;
}

std::string explained(Language language, const std::string& detail) {
    const auto reason = reason_of(detail);
    const std::string said = language == Language::vi ? error_in_vietnamese(detail).value_or(detail) : detail;
    return reason ? std::string(sentence(language, *reason)) + " (" + said + ")" : said;
}

}  // namespace hoso::client::cli
