#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/action_parts.hpp"

namespace hoso::domain {

using Points = std::uint32_t;     // hundredths of a point
using PointsSum = std::uint64_t;  // over several sheets

struct Option {
    Points points = 0;
    std::uint8_t gate = 0;  // lowest option allowed for this many stars
};

struct Criterion {
    std::string no;
    std::string name_vi;
    std::string name_en;
    Points points_max = 0;
    std::string assessed_by;
    std::vector<Option> options;
    std::uint8_t section = 0;  // index in ProductSet::sections
    std::uint16_t group = 0;   // index in ProductSet::groups
};

struct Section {
    std::string key;
    Points points_max = 0;
};

// A heading of the sheet with the criteria that stand under it.
struct CriterionGroup {
    std::string no;
    std::string name_vi;
    std::string name_en;
    Points points_max = 0;
    std::uint8_t section = 0;  // index in ProductSet::sections
};

struct ProductSet {
    std::uint8_t no = 0;
    std::string key;
    std::string name_vi;
    std::string name_en;
    std::string sector;
    std::string group;
    bool samples = false;       // are handed over with the dossier
    std::string sheet_missing;  // not empty: why there are no criteria; results come from signed minutes
    std::vector<Section> sections;
    std::vector<CriterionGroup> groups;
    std::vector<Criterion> criteria;  // leaves in printed order
    const Criterion* find(std::string_view no) const;
    std::size_t assessed_by(std::string_view stage) const;  // how many criteria that stage assesses
};

enum class Does : std::uint8_t { opinion, council, external };

struct Stage {
    std::string key;
    std::string name_vi;
    std::string name_en;
    std::string level;
    Does does = Does::council;
    std::vector<std::uint8_t> decides;
    Points forwards_from = 0;
    std::uint8_t meetings = 0;  // of its council, each with a result, before it decides
    std::string entered_by;
    bool falls_back = false;         // external: a result without its stars is one for the stage that enters it
    std::uint16_t working_days = 0;  // to act within, from the day of filing; 0: not laid down
    bool decides_stars(std::uint8_t stars) const;
};

struct Band {
    std::uint8_t stars = 0;
    Points from = 0;
};

struct Term {
    DossierKind kind{};
    Date filed_from{};
    Date filed_to{};    // Date{} = open
    Date decided_by{};  // last day on which it still decides them; Date{} = open
};

// Days before expiry between which a re-evaluation is filed, and days from filing within which it is done; zeros: not laid down.
struct ReEvaluation {
    std::uint16_t filed_from_days = 0;
    std::uint16_t filed_to_days = 0;
    std::uint16_t done_within_days = 0;
};

// Certificates with their last day in this span hold on until the result of a re-evaluation, at most days_max past it.
struct Extension {
    Date expiring_from{};  // Date{}: there is none
    Date expiring_to{};
    std::uint16_t days_max = 0;
    bool holds_for(Date last_day) const;
};

// A month and a day, as the regulation prints them for every year.
struct MonthDay {
    std::uint8_t month = 0;
    std::uint8_t day = 0;
    Date in(int year) const;
};

// What the file says of its own facts: how far they were verified, and whose they are.
struct Remark {
    std::string about;  // "grounds.misuse"; empty: the whole regulation
    std::string text;
};

// What files a document may have; empty and 0: not laid down.
struct FileRules {
    std::vector<std::string> media_types;
    std::uint64_t bytes_max = 0;
    bool keeps_originals = false;
};

struct RoundDates {
    std::string stage;
    MonthDay proposed_before;
    MonthDay evaluated_before;
};

struct Content {
    std::string key;
    std::string name_vi;
    std::string name_en;
    bool mandatory = false;
};

struct Named {
    std::string key;
    std::string name_vi;
    std::string name_en;
};

struct Sector {
    std::string key;
    std::string name_vi;
    std::string name_en;
    std::vector<Named> groups;
};

struct Ground {
    std::string key;
    std::string name_vi;
    std::string name_en;
    bool after_expiry = false;
};

// True for a code of the pattern's shape: "(T)-(X)-(STT)-(YYYY)" wants four numbers, the last of four digits.
bool code_fits(std::string_view pattern, std::string_view code);

// One regulation, read from the bytes that were published. What it says is data; no stage, threshold or form is named in C++.
struct RuleSet {
    Hash hash;
    std::string id;
    std::string title_vi;
    std::string title_en;
    std::string legal_basis;
    std::string status;  // how far the text was verified
    std::vector<Remark> remarks;
    std::string illustrative;  // not empty: the sheets are borrowed, and whoever shows them says so
    std::vector<Term> terms;
    std::vector<Band> bands;  // ascending
    std::vector<Stage> stages;
    std::uint16_t certificate_months = 0;
    std::uint8_t certificate_stars_min = 0;
    std::vector<Content> contents;
    std::vector<Named> evidence;
    std::vector<Named> subject_types;
    std::vector<Ground> grounds;
    std::vector<Sector> sectors;
    std::vector<ProductSet> product_sets;
    std::uint16_t dates_back_days_max = 0;
    std::vector<std::uint16_t> notices;  // days before expiry, descending
    ReEvaluation re_evaluation;
    Extension extension;
    std::uint16_t revocation_days = 0;  // from the conclusion; 0: not laid down
    std::uint8_t samples = 0;           // of a product set with samples; 0: not laid down
    std::string product_code;           // its pattern; empty: not laid down
    std::vector<Named> idea_reasons;
    std::vector<RoundDates> rounds;
    FileRules files;

    const ProductSet* product_set(std::string_view key) const;
    const Stage* stage(std::string_view key) const;
    std::optional<std::size_t> stage_index(std::string_view key) const;
    std::size_t first_council() const;  // where in the stages; none is published without one
    const Ground* ground(std::string_view key) const;
    bool in_force(DossierKind kind, Date filed) const;
    bool governs(Date day) const;                          // dossiers of some kind are filed or still decided under it
    const Term* term(DossierKind kind, Date filed) const;  // the one it is in force by; null for none
};

inline constexpr std::size_t rule_set_bytes_max = 1024 * 1024;
inline constexpr Points sheet_points = 10'000;  // every sheet has 100 points

// Errc::invalid with the path of the fault ("productSets[3].sections[B].groups[0]: the criteria sum to 24, not 25"), also for text
// that is not canonical; Errc::limit over rule_set_bytes_max.
Result<RuleSet> parse_rules(std::string_view canonical_json);
// The published form: one zstd frame of canonical JSON. Errc::invalid as above, Errc::limit over rule_set_bytes_max unpacked.
Result<RuleSet> unpack_rules(ByteSpan zstd);
Result<std::string> unpacked_rules(ByteSpan zstd);  // the canonical JSON itself
Bytes pack_rules(std::string_view canonical_json);
// Removes the white space between tokens. Errc::invalid for what is no JSON, and for what readers of JSON do not read alike: a key
// twice in an object, a number that is not an integer of at most ten digits, null, \u escapes. Errc::limit over rule_set_bytes_max.
Result<std::string> canonical_json(std::string_view json);

}  // namespace hoso::domain
