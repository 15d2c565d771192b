#include "tests/client/local_api_desk.hpp"

// What knocks at the pages' door, and whether it comes in.
namespace hoso::client::local_api {
namespace {

struct Knock {
    const char* name;
    void (*change)(Request&);
    bool comes_in;
};
const Knock knocks[] = {
    {"Own", [](Request&) {}, true},
    {"ByName", [](Request& r) { r.host = "localhost:8620", r.origin = "http://localhost:8620"; }, true},
    {"OtherHost", [](Request& r) { r.host = "evil.example"; }, false},
    {"OtherHostOurPort", [](Request& r) { r.host = "evil.example:8620"; }, false},
    {"HostThatBeginsLikeOurs", [](Request& r) { r.host = "127.0.0.1:8620.evil.example"; }, false},
    {"HostThatEndsLikeOurs", [](Request& r) { r.host = "evil.127.0.0.1:8620"; }, false},
    {"HostWithoutPort", [](Request& r) { r.host = "127.0.0.1"; }, false},
    {"HostOtherPort", [](Request& r) { r.host = "127.0.0.1:86200"; }, false},
    {"HostWithUser", [](Request& r) { r.host = "a@127.0.0.1:8620"; }, false},
    {"HostWithPoint", [](Request& r) { r.host = "localhost.:8620"; }, false},
    {"HostAsNumber", [](Request& r) { r.host = "2130706433:8620"; }, false},
    {"HostIpv6", [](Request& r) { r.host = "[::1]:8620"; }, false},
    {"HostZero", [](Request& r) { r.host = "0.0.0.0:8620"; }, false},
    {"HostLarge", [](Request& r) { r.host = "LOCALHOST:8620"; }, false},
    {"NoHost", [](Request& r) { r.hosts = 0, r.host.clear(); }, false},
    {"TwoHosts", [](Request& r) { r.hosts = 2; }, false},
    {"NoOrigin", [](Request& r) { r.has_origin = false, r.origin.clear(); }, false},
    {"OriginNull", [](Request& r) { r.origin = "null"; }, false},
    {"OriginEmpty", [](Request& r) { r.origin.clear(); }, false},
    {"OtherOrigin", [](Request& r) { r.origin = "http://evil.example"; }, false},
    {"OtherOriginOurPort", [](Request& r) { r.origin = "http://evil.example:8620"; }, false},
    {"OriginThatBeginsLikeOurs", [](Request& r) { r.origin = "http://127.0.0.1:8620.evil.example"; }, false},
    {"OriginOfAnotherScheme", [](Request& r) { r.origin = "https://127.0.0.1:8620"; }, false},
    {"OriginOfAnotherDesk", [](Request& r) { r.origin = "http://127.0.0.1:8621"; }, false},
    {"OriginWithPath", [](Request& r) { r.origin = "http://127.0.0.1:8620/"; }, false},
    {"OriginOfAFile", [](Request& r) { r.origin = "file://"; }, false},
    {"CrossSite", [](Request& r) { r.fetch_site = "cross-site"; }, false},
    {"SameSite", [](Request& r) { r.fetch_site = "same-site"; }, false},
    {"FetchSiteOfOurs", [](Request& r) { r.fetch_site = "same-origin"; }, true},
    {"FetchSiteTyped", [](Request& r) { r.fetch_site = "none"; }, true},
    {"FetchSiteUnknown", [](Request& r) { r.fetch_site = "?1"; }, false},
    {"Upgrade", [](Request& r) { r.upgrade = true; }, false},
    {"OtherMethod", [](Request& r) { r.method = Method::other; }, false},
    {"ReadFromElsewhere", [](Request& r) { r.method = Method::get, r.origin = "http://evil.example"; }, false},
    {"ReadWithoutOrigin", [](Request& r) { r.method = Method::get, r.has_origin = false, r.origin.clear(); }, true},
    {"LinkFromElsewhere", [](Request& r) { r.method = Method::get, r.has_origin = false, r.fetch_site = "cross-site"; }, false},
};

class Gate : public LocalApi, public testing::WithParamInterface<Knock> {};
TEST_P(Gate, Row) {
    const Knock& row = GetParam();
    auto asked = request(Method::put, "/api/v1/drafts/cua", "{}");
    row.change(asked);
    EXPECT_EQ(!turned_away(asked, doors), row.comes_in);
    const auto answer = api_->answer(asked);
    const bool get = asked.method == Method::get;
    EXPECT_EQ(answer.status, row.comes_in ? (get ? 404u : 200u) : answer.status);
    EXPECT_EQ(answer.status == 200u || answer.status == 404u, row.comes_in);
    EXPECT_EQ(std::filesystem::exists(at_.folder / "drafts" / "cua.json"), row.comes_in && !get);
}
INSTANTIATE_TEST_SUITE_P(Table, Gate, testing::ValuesIn(knocks), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace hoso::client::local_api
