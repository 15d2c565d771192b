#include "client/local_api/problem.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "client/cli/error_words.hpp"

namespace hoso::client::local_api {
namespace {

namespace json = boost::json;

unsigned status_of(Errc code) {
    switch (code) {
        case Errc::invalid: return 400;
        case Errc::not_found: return 404;
        case Errc::exists:
        case Errc::conflict: return 409;
        case Errc::denied: return 403;
        case Errc::limit: return 413;
        case Errc::locked: return 423;
        case Errc::unreachable: return 503;
        case Errc::full: return 507;
        case Errc::io:
        case Errc::corrupt:
        case Errc::amnesia:
        case Errc::gap:
        case Errc::version:
        case Errc::protocol:
        case Errc::unauthentic:
        case Errc::internal: return 500;
    }
    return 500;
}

constexpr unsigned refused_by_judge = 422;

const char* title_of(unsigned status, Language language) {
    if (status == refused_by_judge) return pick(language, "Quy định không cho phép", "The rules do not allow it");
    if (status == 400) return pick(language, "Thông tin chưa đúng", "Something is not right yet");
    if (status == 401) return pick(language, "Cần đăng nhập", "Sign in first");
    if (status == 403) return pick(language, "Không được phép", "Not allowed");
    if (status == 404) return pick(language, "Không tìm thấy", "Not found");
    if (status == 409) return pick(language, "Mâu thuẫn với dữ liệu đã có", "It contradicts what is recorded");
    if (status == 413) return pick(language, "Vượt giới hạn", "Over a limit");
    if (status == 429) return pick(language, "Thử lại sau", "Try again later");
    if (status == 503) return pick(language, "Không kết nối được", "Not connected");
    if (status == 507) return pick(language, "Đĩa đầy", "The disk is full");
    return status < 500 ? pick(language, "Yêu cầu bị từ chối", "Turned away")
                        : pick(language, "Lỗi trên máy này", "A fault on this machine");
}

}  // namespace

Response json_answer(const json::object& answer, unsigned status) {
    Response response;
    response.status = status;
    response.body = json::serialize(answer);
    return response;
}

Response problem(unsigned status, std::string_view code, std::string_view vi, std::string_view en, Language language,
                 std::span<const FieldFault> faults) {
    json::object out{{"type", "about:blank"}, {"title", title_of(status, language)},
                     {"status", status},      {"detail", language == Language::vi ? vi : en},
                     {"code", code},          {"message_vi", vi},
                     {"message_en", en}};
    if (!faults.empty()) {
        json::array errors;
        for (const FieldFault& fault : faults) {
            errors.push_back(
                json::object{{"pointer", fault.pointer}, {"code", fault.code}, {"message_vi", fault.vi}, {"message_en", fault.en}});
        }
        out["errors"] = std::move(errors);
    }
    Response response = json_answer(out, status);
    response.media_type = "application/problem+json; charset=utf-8";
    return response;
}

Response problem(const Error& error, Language language) {
    const auto reason = cli::reason_of(error.detail);
    const unsigned status = reason && error.code == Errc::denied ? refused_by_judge : status_of(error.code);
    return problem(status, reason ? domain::name(*reason) : cli::errc_name(error.code), cli::explained(Language::vi, error.detail),
                   cli::explained(Language::en, error.detail), language);
}

}  // namespace hoso::client::local_api
