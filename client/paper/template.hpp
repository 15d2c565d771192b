#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"

namespace hoso::client::paper {

// What a template is filled with. {{key}} becomes a text, with what XML reads as its own escaped; what stands between {{#list}} and
// {{/list}} comes once for each row, with the row's texts before the others. Lists do not nest. Nothing that was filled in is read
// again.
struct Filling {
    using Texts = std::map<std::string, std::string, std::less<>>;
    Texts texts;
    std::map<std::string, std::vector<Texts>, std::less<>> lists;
};

// Errc::internal names a key that is not there, or a list that does not end.
Result<std::string> fill(std::string_view xml, const Filling& with);
std::string escaped(std::string_view text);

// Of client/paper/templates, without ".xml"; embedded when the program is built.
std::string_view template_named(std::string_view name);

}  // namespace hoso::client::paper
