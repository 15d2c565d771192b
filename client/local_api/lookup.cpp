#include "client/local_api/lookup.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "client/cli/papers.hpp"
#include "client/paper/plain_text.hpp"
#include "client/paper/proof.hpp"
#include "client/views/parts.hpp"

namespace hoso::client::local_api {
namespace {

namespace json = boost::json;

constexpr Instant heard_long_ago = 24LL * 3600 * 1'000'000;
constexpr const char* retry_seconds = "30";

constexpr Notice no_address{"Không có trang này", "There is no such page",
                            "Trang tra cứu chỉ trả lời về giấy chứng nhận: hãy quét mã QR trên giấy hoặc nhập số của giấy.",
                            "This address answers about certificates alone: scan the QR code on one, or type its number."};
constexpr Notice wrong_method{"Không dùng được phương thức này", "This cannot be done with that method",
                              "Trang tra cứu chỉ để xem: hãy mở bằng trình duyệt.",
                              "This address is for looking: open it in a browser."};
constexpr Notice too_often{"Hãy thử lại sau nửa phút", "Try again in half a minute",
                           "Đã có quá nhiều lượt tra cứu từ địa chỉ mạng của quý vị.",
                           "Too much was asked from your network address."};
constexpr Notice too_busy{"Hãy thử lại sau nửa phút", "Try again in half a minute", "Trang tra cứu đang có quá nhiều lượt xem.",
                          "Too much is being asked of this page."};
constexpr Notice no_request{"Không đọc được yêu cầu", "The request could not be read",
                            "Hãy mở lại trang, hoặc nhập số của giấy chứng nhận.",
                            "Open the page again, or type the number of the certificate."};

bool wants_json(const Request& request) {
    return request.accepts.find("application/json") != std::string::npos && request.accepts.find("text/html") == std::string::npos;
}

Response page(std::string html, unsigned status = 200) {
    Response response;
    response.status = status;
    response.media_type = "text/html; charset=utf-8";
    response.body = std::move(html);
    return response;
}

json::object as_json(const FoundCertificate& from) {
    json::array corrections;
    for (const FoundCorrection& each : from.corrections)
        corrections.push_back(json::object{{"item", each.item},
                                           {"before", each.before},
                                           {"after", each.after},
                                           {"number", each.number},
                                           {"date", views::date(each.date)}});
    json::object out{{"certificate", from.number},
                     {"status", from.status},
                     {"good_until", views::date(from.good_until)},
                     {"revoked_on", views::date(from.revoked_on)},
                     {"replaced_by", from.replaced_by.empty() ? json::value(nullptr) : json::value(from.replaced_by)},
                     {"name", from.product},
                     {"code", from.code},
                     {"stars", from.stars},
                     {"subject_name", from.subject},
                     {"address", from.address},
                     {"decision", from.decision},
                     {"decision_date", views::date(from.decision_date)},
                     {"issued", views::date(from.issued)},
                     {"last_day", views::date(from.last_day)},
                     {"corrections", std::move(corrections)}};
    if (!from.illustrative.empty()) out["illustrative"] = from.illustrative;
    return out;
}

json::object as_json(const AsOf& from) {
    return {{"position", from.position},
            {"day", from.position == 0 ? json::value(nullptr) : views::date(from.day)},
            {"heard", from.heard == 0 ? json::value(nullptr) : views::instant(from.heard)},
            {"connected", from.connected},
            {"current", from.current},
            {"follows", from.follows.empty() ? json::value(nullptr) : json::value(from.follows)}};
}

Response json_page(const PageFrame& frame, const LookedUp& answer, unsigned status) {
    json::array certificates;
    for (const FoundCertificate& each : answer.found) certificates.push_back(as_json(each));
    json::object out{{"asked", answer.asked},
                     {"code", name(answer.outcome)},
                     {"certificates", std::move(certificates)},
                     {"as_of", as_json(frame.as_of)}};
    if (answer.outcome != Outcome::found) {
        const Notice notice = notice_of(answer.outcome);
        out["message_vi"] = notice.text_vi;
        out["message_en"] = notice.text_en;
    }
    if (frame.training) out["training"] = true;
    Response response;
    response.status = status;
    response.body = json::serialize(out);
    return response;
}

Response later(const PageFrame& frame, const Notice& notice, unsigned status) {
    Response response = page(notice_page(frame, notice), status);
    response.headers.emplace_back("Retry-After", retry_seconds);
    return response;
}

}  // namespace

AsOf Lookup::as_of() const {
    const replica::State& state = desk_.confirmed().state();
    AsOf made;
    made.position = state.size;
    made.day = local_date(state.last_received);
    made.heard = desk_.last_exchange();
    made.connected = link_.state() == LinkState::live;
    const bool lately = made.heard != 0 && desk_.now() - made.heard <= heard_long_ago;
    made.current = state.size > 0 && !desk_.halted() && desk_.known() <= desk_.through() && (made.connected || lately);
    if (!desk_.whole()) made.follows = paper::plain_text(views::unit_name(state.registry, desk_.identity().unit));
    return made;
}

PageFrame Lookup::frame_of(const Request& request) const {
    const replica::State& state = desk_.confirmed().state();
    PageFrame frame;
    frame.language = language_of(request);
    frame.asked_language = request.asked("lang");
    frame.path = paper::in_address(request.path);
    frame.province = paper::plain_text(views::unit_name(state.registry, state.registry.root));
    frame.training = desk_.identity().training();
    frame.as_of = as_of();
    return frame;
}

std::optional<Response> Lookup::turn_down(const Request& head) {
    if (head.reads() && !head.upgrade) return std::nullopt;
    Response response = page(notice_page(frame_of(head), wrong_method), 405);
    response.headers.emplace_back("Allow", "GET, HEAD");
    harden(response, page_policy().c_str());
    return response;
}

Response Lookup::fault(const Error& error) {
    Response response = page(notice_page(frame_of({}), no_request), error.code == Errc::limit ? 413 : 400);
    harden(response, page_policy().c_str());
    return response;
}

Response Lookup::answer(const Request& request) {
    if (auto refused = turn_down(request)) return std::move(*refused);
    PageFrame frame = frame_of(request);
    Response response = !requests_.admits(request.address, ticks_()) ? later(frame, too_often, 429)
                        : !all_.admits({}, ticks_())                 ? later(frame, too_busy, 503)
                                                                     : route(request, frame);
    response.headers.emplace_back("Vary", "Accept, Accept-Language");
    harden(response, page_policy().c_str());
    return response;
}

Response Lookup::route(const Request& request, PageFrame& frame) {
    if (request.path == "/" || request.path == "/v" || request.path == paper::lookup_path) return search(request, frame);
    if (request.path.starts_with(paper::lookup_path))
        return found(request, frame, std::string_view(request.path).substr(paper::lookup_path.size()));
    frame.path = "/";
    return page(notice_page(frame, no_address), 404);
}

// A number that was typed becomes an address that can be kept and sent on.
Response Lookup::search(const Request& request, const PageFrame& frame) {
    if (!request.asked("number")) return page(search_page(frame));
    const std::string typed = request.value("number");
    const auto proof = paper::proof_from_text(paper::plain_text(typed));
    const std::string code = proof ? paper::proof_text(*proof, {}) : paper::plain_text(typed);
    if (CertificateIndex::key(code).empty() || code.size() > asked_bytes_max * 4)
        return page(notice_page(frame, notice_of(Outcome::no_number)), 404);
    Response response = page({}, 303);
    const std::string language = frame.asked_language ? std::string("?lang=") + pick(frame.language, "vi", "en") : std::string{};
    response.headers.emplace_back("Location", std::string(paper::lookup_path) + paper::in_address(code) + language);
    return response;
}

Response Lookup::found(const Request& request, const PageFrame& frame, std::string_view code) {
    const replica::State& state = desk_.confirmed().state();
    index_.refresh(state, ticks_());
    const SigningOf signing = cli::paper_source(desk_, nullptr).signing;
    const LookedUp answer = look_up(state, index_, code, local_date(desk_.now()), signing);
    const unsigned status = answer.outcome == Outcome::found ? 200 : 404;
    if (wants_json(request)) return json_page(frame, answer, status);
    if (answer.outcome == Outcome::found) return page(found_page(frame, answer));
    return page(notice_page(frame, notice_of(answer.outcome), answer.asked), status);
}

}  // namespace hoso::client::local_api
