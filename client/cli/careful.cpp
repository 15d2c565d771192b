#include "client/cli/careful.hpp"

#include <algorithm>
#include <set>

#include "client/text/unicode.hpp"
#include "client/views/parts.hpp"

namespace hoso::client::cli {
namespace {

// Where nothing is laid down yet, there is nothing to hold a key against.
Result<void> one_of(const std::set<std::string>& known, std::string_view text, const char* what) {
    if (known.empty() || known.contains(std::string(text))) return {};
    std::string listed;
    for (const std::string& key : known) listed += (listed.empty() ? "" : ", ") + key;
    return Error{Errc::invalid, std::string(text) + " is no " + what + "; there are " + listed + "."};
}

std::set<std::string> stages_of(const domain::RuleSet& rules) {
    std::set<std::string> keys;
    for (const domain::Stage& stage : rules.stages) keys.insert(stage.key);
    return keys;
}

}  // namespace

Result<void> check_stage(const domain::Registry& registry, std::string_view stage) {
    std::set<std::string> keys;
    for (const auto& [hash, rules] : registry.rule_sets) keys.merge(stages_of(*rules));
    return one_of(keys, stage, "stage of a published rule set");
}

Result<void> check_stage(const CaseFile& file, std::string_view stage) {
    return one_of(stages_of(*file.rules), stage, "stage of the dossier's rule set");
}

Result<void> check_subject_type(const domain::Registry& registry, std::string_view type) {
    std::set<std::string> keys;
    for (const auto& [hash, rules] : registry.rule_sets) {
        for (const domain::Named& named : rules->subject_types) keys.insert(named.key);
    }
    return one_of(keys, type, "subject type of a published rule set");
}

Result<void> check_item(const CaseFile& file, std::string_view item) {
    std::set<std::string> keys;
    for (const domain::Named& evidence : file.rules->evidence) keys.insert(evidence.key);
    for (const domain::Content& content : file.rules->contents) keys.insert(content.key);
    for (const domain::Criterion& criterion : file.set->criteria) keys.insert(criterion.no);
    return one_of(keys, item, "paper, evidence or criterion of the dossier's rule set");
}

Result<void> check_free(const views::Look& look, const StreamId& product, const std::string& certificate) {
    if (certificate.empty()) return {};
    const std::string key = name_key(certificate);
    const domain::Product* holder = nullptr;
    look.each<domain::Product>([&](const domain::Product& each) {
        const auto same = [&](const domain::Certificate& held) { return name_key(held.text) == key; };
        if (each.id != product && std::any_of(each.certificates.begin(), each.certificates.end(), same)) holder = &each;
    });
    if (!holder) return {};
    return Error{Errc::exists, "The certificate " + certificate + " is that of another product: " + holder->name + ", " +
                                   views::unit_path(look.registry(), holder->unit) + "."};
}

Result<void> check_once(const std::vector<domain::DossierReference>& listed, const CaseFile& next) {
    const auto same = [&](const domain::DossierReference& each) { return each.dossier == next.dossier.id; };
    if (std::none_of(listed.begin(), listed.end(), same)) return {};
    return Error{Errc::invalid, next.product.name + " is named twice: name each dossier once."};
}

}  // namespace hoso::client::cli
