#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "shared/domain/registry.hpp"

namespace hoso::client::cli {

// Keys of the published rule sets by what people write for them: the key itself, or its name in Vietnamese or English, with or
// without accents. Where rule sets differ, the newest one decides.
class RuleKeys {
public:
    explicit RuleKeys(const domain::Registry& registry);

    // Nothing for what no rule set has, and for what means several of them.
    std::optional<std::string> subject_type(std::string_view text) const { return types_.find(text); }
    std::optional<std::string> product_set(std::string_view text) const { return sets_.find(text); }
    std::string subject_types() const;  // all keys, for people

private:
    struct Names {
        std::map<std::string, std::set<std::string>> keys;
        std::set<std::string> decided;  // by the newest
        template <typename Named>
        void add(const Named& named, bool newest);
        std::optional<std::string> find(std::string_view text) const;
    };
    void add(const domain::RuleSet& rules, bool newest);

    Names types_;
    Names sets_;
};

}  // namespace hoso::client::cli
