#pragma once

#include "client/cli/session.hpp"

namespace hoso::client::cli {

// What a dossier command works on: the product, its dossier under way (or the newest), and the rules it was filed under. Copies,
// because recording moves the state on.
struct CaseFile {
    domain::Product product;
    domain::Dossier dossier;
    std::shared_ptr<const domain::RuleSet> rules;
    const domain::ProductSet* set = nullptr;  // of `rules`
    const domain::Stage& stage() const { return rules->stages[dossier.stage]; }
};

// Errc::not_found when there is no such product, or it has no dossier.
Result<CaseFile> open_case(const Session& session, std::string_view product);

// Options of a sheet from --options HEX, from --scores 1.1=3,2.2=2,5 by points, or from --file JSON of the same. `criteria` says
// which criteria they are for, in printed order; one that is not named is not answered. Errc::invalid names the criterion.
Result<Bytes> options_from(const CaseFile& file, const Arguments& arguments, std::span<const std::size_t> criteria);
// The same where every criterion must be answered, with 0 if it has to be: Errc::invalid names those that are missing.
Result<Bytes> whole_options_from(const CaseFile& file, const Arguments& arguments, std::span<const std::size_t> criteria);
std::vector<std::size_t> all_criteria(const CaseFile& file);
std::vector<std::size_t> criteria_of_stage(const CaseFile& file, std::string_view stage);

json::object ids_of(const CaseFile& file);  // product and dossier

// For a product set whose sheet the rule set does not hold: says what to do instead.
Error no_sheet(const CaseFile& file);

// `options` and those that options_from reads.
std::vector<Option> with_scores(std::vector<Option> options);

}  // namespace hoso::client::cli
