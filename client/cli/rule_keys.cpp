#include "client/cli/rule_keys.hpp"

#include "client/text/unicode.hpp"

namespace hoso::client::cli {

template <typename Named>
void RuleKeys::Names::add(const Named& named, bool newest) {
    for (const std::string& name : {named.key, named.name_vi, named.name_en}) {
        const std::string plain = folded(name);
        if (plain.empty() || (!newest && decided.contains(plain))) continue;
        keys[plain].insert(named.key);
        if (newest) decided.insert(plain);
    }
}

std::optional<std::string> RuleKeys::Names::find(std::string_view text) const {
    const auto found = keys.find(folded(text));
    if (found == keys.end() || found->second.size() != 1) return std::nullopt;
    return *found->second.begin();
}

void RuleKeys::add(const domain::RuleSet& rules, bool newest) {
    for (const domain::Named& type : rules.subject_types) types_.add(type, newest);
    for (const domain::ProductSet& set : rules.product_sets) sets_.add(set, newest);
}

RuleKeys::RuleKeys(const domain::Registry& registry) {
    if (const domain::RuleSet* newest = registry.rules(registry.newest_rule_set)) add(*newest, true);
    for (const auto& [hash, rules] : registry.rule_sets) {
        if (hash != registry.newest_rule_set) add(*rules, false);
    }
}

std::string RuleKeys::subject_types() const {
    std::set<std::string> all;
    for (const auto& [name, keys] : types_.keys) all.insert(keys.begin(), keys.end());
    std::string listed;
    for (const std::string& key : all) listed += (listed.empty() ? "" : ", ") + key;
    return listed;
}

}  // namespace hoso::client::cli
