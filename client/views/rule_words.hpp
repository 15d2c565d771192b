#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "client/text/language.hpp"
#include "shared/domain/registry.hpp"

// What regulations call the keys in them: no stage, product set or ground has a name in this program.
namespace hoso::client::views {

// What the newest regulation that has this key calls it; the key where none has.
template <typename Item>
std::string called(Language language, const domain::Registry& registry, std::vector<Item> domain::RuleSet::*list,
                   std::string_view key) {
    const auto name_in = [&](const domain::RuleSet& rules) -> const Item* {
        const auto& items = rules.*list;
        const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.key == key; });
        return found == items.end() ? nullptr : &*found;
    };
    const domain::RuleSet* newest = registry.rules(registry.newest_rule_set);
    const Item* item = newest ? name_in(*newest) : nullptr;
    for (auto each = registry.rule_sets.begin(); !item && each != registry.rule_sets.end(); ++each) item = name_in(*each->second);
    return item ? pick(language, item->name_vi.c_str(), item->name_en.c_str()) : std::string(key);
}

// The same for a value that an answer holds under this key: stage, set, document, subject type, ground. The value itself where it
// is of no regulation.
std::string rule_word(Language language, const domain::Registry& registry, std::string_view key, std::string_view value);

}  // namespace hoso::client::views
