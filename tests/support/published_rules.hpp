#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "shared/domain/rules.hpp"

// The regulations as they are published: read from schema/rules, once each, by the parser that every replica uses. The test that
// includes this defines HOSO_RULES_FOLDER.
namespace hoso::tests {

inline std::string rule_file(const std::string& id) {
    std::ifstream file(std::string(HOSO_RULES_FOLDER) + "/" + id + ".json");
    std::ostringstream text;
    text << file.rdbuf();
    const auto canonical = domain::canonical_json(text.str());
    EXPECT_TRUE(canonical) << canonical.error().detail;
    return canonical ? *canonical : std::string();
}

inline const domain::RuleSet& published(const std::string& id) {
    static std::map<std::string, domain::RuleSet> read;
    const auto [entry, absent] = read.try_emplace(id);
    if (absent) {
        const auto rules = domain::parse_rules(rule_file(id));
        EXPECT_TRUE(rules) << rules.error().detail;
        if (rules) entry->second = *rules;
    }
    return entry->second;
}

}  // namespace hoso::tests
