#pragma once

#include "schema/rules.capnp.h"
#include "shared/domain/rules.hpp"
#include "shared/domain/rules_finding.hpp"

namespace hoso::domain {

// The rule set as the program uses it; what does not hold together is in `finding`.
RuleSet read_rules(schema::RuleSet::Reader from, Finding& finding);

// The sheets; bands, stages and sectors of `rules` are read already.
void read_product_sets(capnp::List<schema::ProductSet>::Reader from, RuleSet& rules, Finding& finding);

// What it lays down on time, samples, codes and ideas; the stages are read already.
void read_times(schema::RuleSet::Reader from, RuleSet& rules, Finding& finding);

// What bands, ladder, terms and certificate must satisfy together.
void check_ladder(const RuleSet& rules, Finding& finding);

// No list of a regulation is longer: what is compared with each other must stay little, whoever sent it.
inline constexpr unsigned list_max = 256;

// Calls `read(item)` for each, standing at `field[index]`, up to the first fault.
template <typename List, typename Read>
void each(const List& list, std::string_view field, Finding& finding, Read read) {
    const auto at_field = finding.at(field);
    finding.expect(list.size() <= list_max, "there are more than 256");
    for (unsigned i = 0; i < list.size() && finding.fine(); ++i) {
        const auto here = finding.at(std::size_t{i});
        read(list[i]);
    }
}

std::string text_of(capnp::Text::Reader from);
Date read_date(const std::string& text, const char* field, Finding& finding);  // YYYY-MM-DD

// A key (lower-case letters, digits, `_`, `-`) that no item of `taken` has yet.
template <typename Items>
std::string unique_key(capnp::Text::Reader from, const Items& taken, Finding& finding) {
    const auto here = finding.at("key");
    const std::string key = text_of(from);
    finding.expect(!key.empty() && key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == key.npos,
                   "a key of lower-case letters, digits, _ and - is expected");
    for (const auto& item : taken) finding.expect(item.key != key, "the key is there twice");
    return key;
}

// Names in both languages, which no entry may lack.
template <typename To, typename From>
void read_names(const From& from, To& to, Finding& finding) {
    to.name_vi = text_of(from.getNameVi());
    to.name_en = text_of(from.getNameEn());
    finding.expect(!to.name_vi.empty() && !to.name_en.empty(), "nameVi and nameEn are expected");
}

// 2450 is "24.50", 2400 is "24".
std::string points_text(PointsSum points);

}  // namespace hoso::domain
