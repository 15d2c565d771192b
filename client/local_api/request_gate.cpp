#include "client/local_api/request_gate.hpp"

#include <algorithm>

namespace hoso::client::local_api {
namespace {

constexpr TurnedAway wrong_host{421, "wrong_host", "This desk is not called by that name: open it with hoso open.",
                                "Máy này không có tên đó: hãy mở bằng lệnh hoso open."};
constexpr TurnedAway wrong_origin{403, "wrong_origin", "This request comes from another site's page.",
                                  "Yêu cầu này đến từ trang của một địa chỉ khác."};
constexpr TurnedAway wrong_method{405, "wrong_method", "This cannot be done with that method.", "Không dùng được phương thức này."};
constexpr TurnedAway no_upgrade{400, "no_upgrade", "Nothing here speaks another protocol.", "Ở đây không dùng giao thức khác."};

bool one_of(const std::vector<std::string>& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& each) { return each == name; });
}

bool own_origin(std::string_view origin, const Doors& doors) {
    const std::string begin = doors.scheme + "://";
    return origin.starts_with(begin) && one_of(doors.hosts, origin.substr(begin.size()));
}

}  // namespace

std::optional<TurnedAway> turned_away(const Request& request, const Doors& doors) {
    if (request.hosts != 1 || !one_of(doors.hosts, request.host)) return wrong_host;
    if (request.method == Method::other) return wrong_method;
    if (request.upgrade) return no_upgrade;
    if (request.has_origin ? !own_origin(request.origin, doors) : !request.reads()) return wrong_origin;
    if (!request.fetch_site.empty() && request.fetch_site != "same-origin" && request.fetch_site != "none") return wrong_origin;
    return std::nullopt;
}

}  // namespace hoso::client::local_api
