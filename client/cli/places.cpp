#include "client/cli/places.hpp"

#include "client/text/unicode.hpp"

namespace hoso::client::cli {

Option geography_option() {
    return {"geography", Kind::date, false,
            "Count by the units of this day, such as those before a merger; by those of --at otherwise"};
}

void name_places(const Output& out, json::array& rows, const char* key) {
    for (json::value& each : rows) {
        json::object& row = each.get_object();
        const json::value* among = row.if_contains("among");
        if (!among) continue;
        std::string names;
        for (const json::value& name : among->get_array()) names += (names.empty() ? "" : ", ") + std::string(name.get_string());
        row[key] = names.empty() ? std::string(out.pick("không thuộc đơn vị nào ngày đó", "in no unit of that day"))
                                 : out.pick("chưa xác định giữa ", "undetermined among ") + names;
    }
}

bool names_undetermined(std::string_view queue) {
    const std::string plain = folded(queue);
    return plain == "undetermined" || plain == "chua xac dinh" || plain == "chua-xac-dinh";
}

}  // namespace hoso::client::cli
